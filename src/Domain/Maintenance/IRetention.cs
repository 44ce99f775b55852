namespace Fitnessify.Domain.Maintenance;

/// <summary>Deletes what has been kept for long enough.</summary>
public interface IRetention
{
    /// <summary>Deletes rows of one kind that are older than the time, the oldest first and at most this many.</summary>
    /// <returns>How many; fewer than asked for when no more are left.</returns>
    Task<int> PurgeAsync(
        RetentionPeriods kind,
        DateTimeOffset before,
        int batchSize,
        CancellationToken cancellationToken
    );
}

/// <summary>What is not kept for ever.</summary>
public enum RetentionPeriods
{
    /// <summary>The audit trail, by when it happened.</summary>
    AuditEvents,

    /// <summary>Sessions that were ended, by when that was.</summary>
    RevokedSessions,

    /// <summary>Sessions that ended by themselves, by when that was.</summary>
    ExpiredSessions,

    /// <summary>Notifications, read or not, by when they were made.</summary>
    Notifications,

    /// <summary>Mails that were sent, dropped or given up, by when that was.</summary>
    Mails,

    /// <summary>Counts of wrong passwords, by when they became void.</summary>
    SignInFailures,

    /// <summary>Challenge tokens that nobody used, by when they expired.</summary>
    ChallengeTokens,
}
