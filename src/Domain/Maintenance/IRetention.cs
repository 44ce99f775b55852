namespace Fitnessify.Domain.Maintenance;

/// <summary>Deletes rows after their retention period.</summary>
public interface IRetention
{
    /// <summary>Deletes the oldest rows of one kind that are older than the given time, at most as many as given.</summary>
    /// <returns>The number of deleted rows; if it is smaller than requested, none are left.</returns>
    Task<int> PurgeAsync(
        RetentionPeriods kind,
        DateTimeOffset before,
        int batchSize,
        CancellationToken cancellationToken
    );
}

/// <summary>The kinds of rows that have a retention period.</summary>
public enum RetentionPeriods
{
    /// <summary>Audit events, by the time of the event.</summary>
    AuditEvents,

    /// <summary>Revoked sessions, by the time of the revocation.</summary>
    RevokedSessions,

    /// <summary>Expired sessions, by the time of expiry.</summary>
    ExpiredSessions,

    /// <summary>Notifications, read or unread, by the time of their creation.</summary>
    Notifications,

    /// <summary>Finished mails, by the time at which they were finished.</summary>
    Mails,

    /// <summary>Failed sign-in attempts, by the time at which they stopped counting.</summary>
    SignInFailures,

    /// <summary>Unused challenge tokens, by the time of expiry.</summary>
    ChallengeTokens,

    /// <summary>Used nonces of ID tokens, by the time of expiry.</summary>
    IdentityNonces,

    /// <summary>Messages to devices, by the time of their creation.</summary>
    PushDeliveries,

    /// <summary>Devices whose session was revoked, by the time of the revocation.</summary>
    DevicesOfRevokedSessions,

    /// <summary>Devices whose session has expired, by the time of expiry.</summary>
    DevicesOfExpiredSessions,
}
