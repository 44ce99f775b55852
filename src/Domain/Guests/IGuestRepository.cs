using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Guests;

/// <summary>Finds guests by the keys that their apps have chosen, and those that are not seen any more.</summary>
public interface IGuestRepository
{
    /// <summary>Finds a guest, and the live session that has created the account.</summary>
    /// <param name="keyHash">The digest of the key.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <returns>The guest; null if there is none with this key.</returns>
    Task<KeyedGuest?> FindAsync(byte[] keyHash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a key from its guest in the unit of work, because the app with the key begins again. If two requests begin at once,
    /// the save of one of them fails with <c>state_conflict</c>.
    /// </summary>
    void ReleaseKey(Guid guestId, byte[] keyHash);

    /// <summary>Lists guests that were not seen since the given time, by their ids.</summary>
    /// <param name="before">The time in UTC since which they were not seen.</param>
    /// <param name="after">The id after which the list begins, or null.</param>
    /// <param name="limit">The largest number of ids.</param>
    Task<IReadOnlyList<Guid>> ListUnseenAsync(
        DateTimeOffset before,
        Guid? after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Makes the next save fail with <c>state_conflict</c> unless the account is a guest's that was not seen since then.</summary>
    void RequireUnseen(Guid guestId, DateTimeOffset before);
}

/// <summary>A guest that was found by its key.</summary>
/// <param name="Id">The id of the account.</param>
/// <param name="Session">The session that has created the account; null if it has ended.</param>
public sealed record KeyedGuest(Guid Id, Session? Session);
