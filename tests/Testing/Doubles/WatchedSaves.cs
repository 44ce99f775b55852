using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>The saves of an instance: a test can count and refuse them.</summary>
internal sealed class WatchedSaves
{
    /// <summary>
    /// Gets or sets the error that every save returns without storing anything, and forgets what it was to store; null lets them
    /// store.
    /// </summary>
    public Error? Refusal { get; set; }

    /// <summary>Gets or sets an action that runs once, before the next save, when everything it depends on has been verified.</summary>
    public Func<Task>? BeforeNextSave { get; set; }

    /// <summary>Gets the number of saves that stored something or were refused.</summary>
    public int Count { get; private set; }

    /// <summary>The unit of work of one request.</summary>
    public IUnitOfWork Watch(IUnitOfWork unitOfWork, IServiceProvider services) =>
        new Watched(this, unitOfWork, services);

    private sealed class Watched(WatchedSaves saves, IUnitOfWork unitOfWork, IServiceProvider services) : IUnitOfWork
    {
        public Task<Result> SaveChangesAsync(CancellationToken cancellationToken) =>
            SaveAsync(() => unitOfWork.SaveChangesAsync(cancellationToken), () => Task.FromResult<Error?>(null));

        public Task<Result> SaveChangesAsync(Func<Task<Error?>> change, CancellationToken cancellationToken) =>
            SaveAsync(() => unitOfWork.SaveChangesAsync(change, cancellationToken), change);

        private async Task<Result> SaveAsync(Func<Task<Result>> save, Func<Task<Error?>> change)
        {
            saves.Count++;
            if (saves.BeforeNextSave is { } action)
            {
                saves.BeforeNextSave = null;
                await action();
            }

            if (saves.Refusal is not { } refusal)
            {
                return await save();
            }

            refusal = await change() ?? refusal;
            services.GetRequiredService<AppDbContext>().ChangeTracker.Clear();
            return refusal;
        }
    }
}
