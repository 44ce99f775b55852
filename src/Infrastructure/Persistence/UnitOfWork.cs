using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// The save of a request. It runs the steps that rooms have registered and those that repositories have added, and translates
/// what the database refuses; it knows no feature.
/// </summary>
internal sealed class UnitOfWork(AppDbContext context, IEnumerable<ISaveStep> registered, SaveErrors errors)
    : IUnitOfWork
{
    private readonly ISaveStep[] _registered = [.. registered];
    private readonly List<ISaveStep> _steps = [];
    private readonly List<Func<CancellationToken, Task>> _statements = [];

    /// <summary>Adds a step to the next save. The steps of one save run in the order in which they were added.</summary>
    public void Add(ISaveStep step) => _steps.Add(step);

    /// <summary>Adds a set-based statement to the next save; it runs in its transaction, after the entities.</summary>
    public void Add(Func<CancellationToken, Task> statement) => _statements.Add(statement);

    public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
    {
        var steps = DetectChanges();
        return CommitAsync(() => SaveAsync(steps, cancellationToken), cancellationToken);
    }

    public Task<Result> SaveChangesAsync(Func<Task<Error?>> change, CancellationToken cancellationToken) =>
        context.HasOneWriter
            ? CommitAsync(
                async () => await change() ?? await SaveAsync(DetectChanges(), cancellationToken),
                cancellationToken
            )
            : this.SaveAfterAsync(change, cancellationToken);

    private ISaveStep[] DetectChanges()
    {
        // Once: each look at the entries, and the save itself, would compare all members of all entities again.
        context.ChangeTracker.DetectChanges();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        return [.. _steps.Concat(_registered).Where(step => step.TakesPart())];
    }

    private async Task<Result> CommitAsync(Func<Task<Error?>> write, CancellationToken cancellationToken)
    {
        try
        {
            var refusal = await context.WriteAsync(write, cancellationToken);
            if (refusal is null)
            {
                // Not before the commit: until then the whole save may have to be repeated.
                context.ChangeTracker.AcceptAllChanges();
                return Result.Success;
            }

            context.ChangeTracker.Clear();
            return refusal;
        }
        catch (DbUpdateException exception) when (errors.Find(context, exception) is { } error)
        {
            context.ChangeTracker.Clear();
            return error;
        }
        finally
        {
            context.ChangeTracker.AutoDetectChangesEnabled = true;
            foreach (var step in _steps.Concat(_registered))
            {
                step.Completed();
            }

            _steps.Clear();
            _statements.Clear();
        }
    }

    private Task<Error?> SaveAsync(ISaveStep[] steps, CancellationToken cancellationToken) =>
        steps.Length + _statements.Count == 0
            ? WriteAsync(cancellationToken)
            : context.InTransactionAsync(() => RunAsync(steps, cancellationToken), cancellationToken);

    private async Task<Error?> RunAsync(ISaveStep[] steps, CancellationToken cancellationToken)
    {
        var refusal = await FirstAsync(steps, step => step.BeforeAsync(cancellationToken));
        if (refusal is null)
        {
            await WriteAsync(cancellationToken);
            foreach (var statement in _statements)
            {
                await statement(cancellationToken);
            }

            refusal = await FirstAsync(steps, step => step.AfterAsync(cancellationToken));
        }

        if (refusal is not null)
        {
            await context.Database.RollbackTransactionAsync(cancellationToken);
        }

        return refusal;
    }

    private async Task<Error?> WriteAsync(CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        return null;
    }

    private static async Task<Error?> FirstAsync(ISaveStep[] steps, Func<ISaveStep, Task<Error?>> runAsync)
    {
        foreach (var step in steps)
        {
            if (await runAsync(step) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
