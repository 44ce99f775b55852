using Fitnessify.Domain.Common;

namespace Fitnessify.Testing;

/// <summary>The saves of an instance: a test can count them and let them be refused.</summary>
internal sealed class WatchedSaves
{
    /// <summary>What every save answers, without storing anything; null lets them store.</summary>
    public Error? Refusal { get; set; }

    /// <summary>Happens once, before the next save: when everything that it rests on has been verified.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Those that stored something or were refused.</summary>
    public int Count { get; private set; }

    /// <summary>The unit of work of one request.</summary>
    public IUnitOfWork Watch(IUnitOfWork unitOfWork) => new Watched(this, unitOfWork);

    private sealed class Watched(WatchedSaves saves, IUnitOfWork unitOfWork) : IUnitOfWork
    {
        public async Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
        {
            saves.Count++;
            if (saves.Meanwhile is { } meanwhile)
            {
                saves.Meanwhile = null;
                await meanwhile();
            }

            return saves.Refusal is { } refusal ? refusal : await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}
