namespace Fitnessify.Infrastructure.Changes;

/// <summary>
/// Numbers the changes of one owner's tasks and lists. Whoever raises it holds its row until the commit: so the numbers become visible
/// in their order, and a reader who has seen one has seen all below it.
/// </summary>
internal sealed class ChangeCounter
{
    public required Guid OwnerId { get; init; }

    /// <summary>The number of the latest change.</summary>
    public long Value { get; init; }

    /// <summary>The number of the latest change of a list: up to there, a reader of changes has to look for lists, too.</summary>
    public long LastListVersion { get; init; }

    /// <summary>The highest number of a task or list that has been purged: older sync tokens missed a deletion.</summary>
    public long PurgedThrough { get; init; }

    /// <summary>How many tasks the owner has, those in the trash included: counted along, because to count them takes longer the more there are.</summary>
    public int TaskCount { get; init; }

    /// <summary>Whether the owner is a guest, who may have fewer tasks; like the time zone, a copy of what the account says.</summary>
    public bool IsGuest { get; init; }

    /// <summary>
    /// The IANA name of the owner's time zone, in which tasks without a zone are due. It is a copy of the one in the account:
    /// whoever raises the counter reads it in the same statement, so that it cannot change before the commit.
    /// </summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// The id of the last task whose due was computed again since the time zone has changed, <see cref="Guid.Empty"/> before
    /// the first one; null when there is nothing to do.
    /// </summary>
    public Guid? RescheduledThrough { get; init; }
}
