using Fitnessify.Domain.Common;

namespace Fitnessify.Testing;

/// <summary>The saves of an instance: a test can count and refuse them.</summary>
internal sealed class WatchedSaves
{
    /// <summary>Gets or sets the error that every save returns without storing anything; null lets them store.</summary>
    public Error? Refusal { get; set; }

    /// <summary>Gets or sets an action that runs once, before the next save, when everything it depends on has been verified.</summary>
    public Func<Task>? BeforeNextSave { get; set; }

    /// <summary>Gets the number of saves that stored something or were refused.</summary>
    public int Count { get; private set; }

    /// <summary>The unit of work of one request.</summary>
    public IUnitOfWork Watch(IUnitOfWork unitOfWork) => new Watched(this, unitOfWork);

    private sealed class Watched(WatchedSaves saves, IUnitOfWork unitOfWork) : IUnitOfWork
    {
        public async Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
        {
            saves.Count++;
            if (saves.BeforeNextSave is { } action)
            {
                saves.BeforeNextSave = null;
                await action();
            }

            return saves.Refusal is { } refusal ? refusal : await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}
