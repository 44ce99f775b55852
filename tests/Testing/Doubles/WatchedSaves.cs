using Fitnessify.Domain.Common;

namespace Fitnessify.Testing;

/// <summary>The saves of an instance: a test can count them and let them be refused.</summary>
internal sealed class WatchedSaves
{
    /// <summary>What every save answers, without storing anything; null lets them store.</summary>
    public Error? Refusal { get; set; }

    /// <summary>Those that stored something or were refused.</summary>
    public int Count { get; private set; }

    /// <summary>The unit of work of one request.</summary>
    public IUnitOfWork Watch(IUnitOfWork unitOfWork) => new Watched(this, unitOfWork);

    private sealed class Watched(WatchedSaves saves, IUnitOfWork unitOfWork) : IUnitOfWork
    {
        public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
        {
            saves.Count++;
            return saves.Refusal is { } refusal
                ? Task.FromResult<Result>(refusal)
                : unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}
