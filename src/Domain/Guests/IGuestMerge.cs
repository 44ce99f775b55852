using Fitnessify.Domain.Audit;

namespace Fitnessify.Domain.Guests;

/// <summary>Moves what a guest has to the account that its user signs in to.</summary>
public interface IGuestMerge
{
    /// <summary>
    /// Adds the merge to the unit of work, if the session is a guest's; whether it still is, is looked up again in the
    /// transaction. The guest's tasks, lists and notifications become the account's: their ids stay, and their versions follow
    /// in the same order on the versions that either had. The account of the guest is deleted.
    /// </summary>
    /// <param name="guestSessionId">The session of the guest.</param>
    /// <param name="accountId">The account, which the same save may create.</param>
    /// <param name="events">The audit events that are stored if there is something to merge.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <returns>
    /// What comes of it. The save fails with <c>limit_reached</c> if the account would have more tasks or lists than it may.
    /// </returns>
    GuestMergeOutcome Add(
        Guid guestSessionId,
        Guid accountId,
        Func<Guid, IReadOnlyList<AuditEvent>> events,
        DateTimeOffset now
    );
}

/// <summary>What comes of a merge.</summary>
public sealed class GuestMergeOutcome
{
    /// <summary>Whether the save has made what the guest had the account's.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>Records what has come of it; the last time counts, because a save may be repeated.</summary>
    public void Record(bool isMerged) => IsMerged = isMerged;
}
