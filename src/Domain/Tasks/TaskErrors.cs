using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>The expected failures of tasks.</summary>
public static class TaskErrors
{
    /// <summary>The task cannot move from its status to the requested one.</summary>
    public static Error StateConflict =>
        CommonErrors.StateConflict with
        {
            Message = "The task cannot move from its status to this one.",
        };

    /// <summary>
    /// The task does not have the version that If-Match names, or exists although If-None-Match requires that it does not (RFC
    /// 9110, 13.1).
    /// </summary>
    public static readonly Error PreconditionFailed = new(
        ErrorKind.PreconditionFailed,
        "precondition_failed",
        "The task has another version than the request expects; 'current' is the task as it is."
    );

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

    /// <summary>The user has the largest permitted number of tasks; those in the trash count.</summary>
    public static readonly Error LimitReached = new(
        ErrorKind.Conflict,
        "limit_reached",
        "There are as many as one user may have. What is in the trash counts until it is purged."
    );

    /// <summary>One operation of an atomic batch failed, so none was applied.</summary>
    public static readonly Error BatchFailed = new(
        ErrorKind.Conflict,
        "batch_failed",
        "An operation failed, so nothing was applied; 'results' says which."
    );
}
