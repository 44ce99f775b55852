namespace Fitnessify.Domain.Common;

/// <summary>Saves of changes that other writers do not wait for.</summary>
public static class UnitOfWorkExtensions
{
    extension(IUnitOfWork unitOfWork)
    {
        /// <summary>
        /// Makes changes, and then commits them. Other writers can write between, so that the save may find that what was read is out of
        /// date.
        /// </summary>
        /// <param name="change">Reads and changes; returns why nothing is to be saved, or null.</param>
        /// <returns>The same as without a change, or what <paramref name="change"/> has returned.</returns>
        public async Task<Result> SaveAfterAsync(Func<Task<Error?>> change, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(change);
            return await change() is { } refusal ? refusal : await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}
