using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Changes;

/// <summary>The expected failures of the feed of changes.</summary>
public static class ChangeErrors
{
    /// <summary>The sync token was not issued to this user.</summary>
    public static readonly Error InvalidSyncToken = new(
        ErrorKind.Invalid,
        "invalid_sync_token",
        "The sync token was not issued to this user. Begin again without one."
    );

    /// <summary>Deletions after the sync token have been purged, so the changes would be incomplete.</summary>
    public static readonly Error SyncTokenExpired = new(
        ErrorKind.Gone,
        "sync_token_expired",
        "The sync token is older than the memory of deletions. Begin again without one."
    );
}
