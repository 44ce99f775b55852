using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Common;

/// <summary>Changes one task or one list of the current user, on the condition that the request sets.</summary>
/// <typeparam name="T">The type of the entity.</typeparam>
/// <typeparam name="TDto">The type that the API shows.</typeparam>
internal abstract class VersionedWriter<T, TDto>(ICurrentUser currentUser, IUnitOfWork unitOfWork, TimeProvider clock)
    where T : class, IVersioned
    where TDto : class
{
    /// <summary>
    /// Finds the entity, checks the precondition, applies the change and saves it. Starts again if it was changed meanwhile.
    /// </summary>
    /// <param name="id">The id of the entity.</param>
    /// <param name="precondition">The precondition of the request.</param>
    /// <param name="change">The change, which can fail.</param>
    /// <param name="includesDeleted">Whether a deleted one is changed too.</param>
    /// <param name="isLong">Whether the change may take milliseconds, so that other writers are not to wait for it.</param>
    /// <returns>
    /// The entity as saved; <c>not_found</c>; <c>precondition_failed</c> with the current one; or the error of the change.
    /// </returns>
    public Task<Result<TDto>> ChangeAsync(
        Guid id,
        Precondition precondition,
        Func<T, DateTimeOffset, Result> change,
        bool includesDeleted,
        CancellationToken cancellationToken,
        bool isLong = false
    ) =>
        SaveAsync(
            now => ApplyAsync(id, precondition, change, includesDeleted, now, cancellationToken),
            cancellationToken,
            isLong
        );

    /// <summary>Applies a change and saves it. Starts again if the entity was changed meanwhile.</summary>
    /// <param name="applyAsync">Applies the change with the current time in UTC.</param>
    /// <param name="isLong">Whether it may take milliseconds, so that other writers are not to wait for it.</param>
    /// <returns>The entity as saved, or the error of the change or of the save.</returns>
    public async Task<Result<TDto>> SaveAsync(
        Func<DateTimeOffset, Task<Result<T>>> applyAsync,
        CancellationToken cancellationToken,
        bool isLong = false
    )
    {
        for (var attempt = 0; ; attempt++)
        {
            DateTimeOffset now = default;
            Result<T>? changed = null;
            async Task<Error?> ChangeAsync()
            {
                // Not before: the change may have to wait, and what it reads would be newer.
                now = clock.Now();
                changed = await applyAsync(now);
                return changed.Error;
            }

            var saved = await (
                isLong
                    ? unitOfWork.SaveAfterAsync(ChangeAsync, cancellationToken)
                    : unitOfWork.SaveChangesAsync(ChangeAsync, cancellationToken)
            );
            if (changed?.IsSuccess != true || !ShouldRetry(saved, attempt))
            {
                return saved.Then(() => ToDto(changed!.Value!, now));
            }
        }
    }

    /// <summary>
    /// Returns whether a save can succeed when what it is based on is read again: the entity was changed meanwhile, or the id of a new
    /// one is in use. The second attempt finds that one if it belongs to the user, and fails again if it does not.
    /// </summary>
    public static bool ShouldRetry(Result saved, int attempt) =>
        saved.Error == CommonErrors.PreconditionFailed || (saved.Error == CommonErrors.NotFound && attempt == 0);

    /// <summary>Does the same without saving and without retries.</summary>
    public async Task<Result<T>> ApplyAsync(
        Guid id,
        Precondition precondition,
        Func<T, DateTimeOffset, Result> change,
        bool includesDeleted,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var existing = await FindAsync(currentUser.Id, id, cancellationToken);
        if (
            existing is null
            || (existing.DeletedAt is not null && (!includesDeleted || (!ShowsDeleted && !precondition.AllowsNew)))
        )
        {
            return CommonErrors.NotFound;
        }

        if (!precondition.Allows(existing))
        {
            return await RefuseAsync(existing, now, cancellationToken);
        }

        var changed = change(existing, now);
        if (!changed.IsSuccess)
        {
            return changed.Error;
        }

        await SettleAsync(existing, now, cancellationToken);
        return existing;
    }

    /// <summary>Creates the entity under an id that the client chooses, or replaces it, so that a retry is harmless.</summary>
    /// <param name="id">The id of the entity.</param>
    /// <param name="precondition">The precondition of the request.</param>
    /// <param name="create">Creates the entity, which can fail.</param>
    /// <param name="has">Whether the entity has the requested values.</param>
    /// <param name="replace">Replaces the values, and takes a deletion back.</param>
    /// <param name="isLong">Whether replacing may take milliseconds, so that other writers are not to wait for it.</param>
    public async Task<Result<Replaced<TDto>>> ReplaceAsync(
        Guid id,
        Precondition precondition,
        Func<DateTimeOffset, Result<T>> create,
        Func<T, bool> has,
        Func<T, DateTimeOffset, Result> replace,
        CancellationToken cancellationToken,
        bool isLong = false
    )
    {
        var now = clock.Now();
        var existing = await FindAsync(currentUser.Id, id, cancellationToken);
        if (existing is null)
        {
            if (!precondition.AllowsNew)
            {
                return CommonErrors.NotFound;
            }

            var created = create(now);
            if (!created.IsSuccess)
            {
                return created.Error;
            }

            Add(created.Value);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (saved.IsSuccess)
            {
                return new Replaced<TDto>(ToDto(created.Value, now), true);
            }

            if (saved.Error != CommonErrors.NotFound)
            {
                return saved.Error;
            }

            // The id is in use: either an earlier attempt of this request has created the entity, which is found below, or it
            // belongs to another user.
        }

        if (precondition.OnlyNew)
        {
            existing ??= await FindAsync(currentUser.Id, id, cancellationToken);
            if (existing is null)
            {
                return CommonErrors.NotFound;
            }

            var repeated = await RepeatCreateAsync(existing, has, now, cancellationToken);
            return repeated.Select(found => new Replaced<TDto>(ToDto(found, now), false));
        }

        var replaced = await ChangeAsync(id, precondition, replace, includesDeleted: true, cancellationToken, isLong);
        return replaced.Select(saved => new Replaced<TDto>(saved, false));
    }

    /// <summary>
    /// Answers a create request with an id that is in use: returns the entity if it has the requested values, as after a lost
    /// response.
    /// </summary>
    /// <returns>The entity, unchanged; or <c>precondition_failed</c> with the current one.</returns>
    public async Task<Result<T>> RepeatCreateAsync(
        T existing,
        Func<T, bool> has,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => existing.DeletedAt is null && has(existing) ? existing : await RefuseAsync(existing, now, cancellationToken);

    /// <summary>Changes what follows from a change of the entity.</summary>
    protected virtual Task SettleAsync(T entity, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Adds the entity to the unit of work.</summary>
    protected abstract void Add(T entity);

    /// <summary>Loads the entity for a change, also if it is deleted.</summary>
    protected abstract Task<T?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Reads the entity as it is stored, unless it is deleted.</summary>
    protected abstract Task<T?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Returns what the API shows.</summary>
    protected abstract TDto ToDto(T entity, DateTimeOffset now);

    /// <summary>Whether the API shows deleted ones, in a trash. What it does not show has no version to match (RFC 9110, 13.1.1).</summary>
    protected abstract bool ShowsDeleted { get; }

    private async Task<Error> RefuseAsync(T existing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // It is read from the database, because the tracked one may have changes of an atomic batch that fails.
        var stored = await ReadAsync(currentUser.Id, existing.Id, cancellationToken);
        return stored is null && !ShowsDeleted
            ? CommonErrors.NotFound
            : CommonErrors.PreconditionFailed with
            {
                Details = new Dictionary<string, object> { ["current"] = ToDto(stored ?? existing, now) },
            };
    }
}

/// <summary>The result of a replacement.</summary>
/// <typeparam name="TDto">The type that the API shows.</typeparam>
/// <param name="Item">The task or list as saved.</param>
/// <param name="IsNew">Whether it was created.</param>
public sealed record Replaced<TDto>(TDto Item, bool IsNew);
