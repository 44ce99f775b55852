namespace Fitnessify.Infrastructure.Changes;

/// <summary>
/// Numbers the changes of one owner's tasks. Whoever raises it holds its row until the commit: so the numbers become visible
/// in their order, and a reader who has seen one has seen all below it.
/// </summary>
internal sealed class ChangeCounter
{
    public required Guid OwnerId { get; init; }

    /// <summary>The number of the latest change.</summary>
    public long Value { get; init; }

    /// <summary>The highest number of a task that has been purged from the trash: older sync tokens missed a deletion.</summary>
    public long PurgedThrough { get; init; }

    /// <summary>How many tasks the owner has, those in the trash included: counted along, because to count them takes longer the more there are.</summary>
    public int TaskCount { get; init; }
}
