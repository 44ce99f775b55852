using Fitnessify.Domain.Auth;

namespace Fitnessify.Domain.Audit;

/// <summary>One line of the audit trail: append-only, written in the transaction of what it tells (ASVS 5.0, 16.3).</summary>
public sealed class AuditEvent
{
    private AuditEvent() { }

    /// <summary>UUID, version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>What.</summary>
    public AuditEventType Type { get; private init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>Done or refused.</summary>
    public AuditOutcome Outcome { get; private init; }

    /// <summary>Who did it; null when nobody was signed in.</summary>
    public Guid? ActorId { get; private init; }

    /// <summary>To whose account it was done; null for a login that nobody has.</summary>
    public Guid? SubjectId { get; private init; }

    /// <summary>The session it was done in or to, if any.</summary>
    public Guid? SessionId { get; private init; }

    /// <summary>Where it came from.</summary>
    public string? IpAddress { get; private init; }

    /// <summary>What the app calls the device, where that is known.</summary>
    public string? Device { get; private init; }

    /// <summary>How, where a session began; else null.</summary>
    public SignInMethod? Method { get; private init; }

    /// <summary>A session began.</summary>
    public static AuditEvent SignedIn(
        Guid userId,
        Guid sessionId,
        string? device,
        SignInMethod method,
        IClient client,
        DateTimeOffset now
    ) =>
        Create(AuditEventType.SignedIn, AuditOutcome.Succeeded, userId, userId, client, now, sessionId, device, method);

    /// <summary>Something that a user did to their own account.</summary>
    public static AuditEvent Of(
        AuditEventType type,
        Guid userId,
        IClient client,
        DateTimeOffset now,
        Guid? sessionId = null,
        string? device = null
    ) => Create(type, AuditOutcome.Succeeded, userId, userId, client, now, sessionId, device);

    /// <summary>Something that was refused.</summary>
    public static AuditEvent Refused(
        AuditEventType type,
        Guid? actorId,
        Guid? subjectId,
        IClient client,
        DateTimeOffset now,
        Guid? sessionId = null,
        string? device = null
    ) => Create(type, AuditOutcome.Failed, actorId, subjectId, client, now, sessionId, device);

    /// <summary>Something that an admin did, or the operator of the server, who is nobody.</summary>
    public static AuditEvent ByAdmin(
        AuditEventType type,
        Guid? actorId,
        Guid subjectId,
        IClient client,
        DateTimeOffset now,
        Guid? sessionId
    ) => Create(type, AuditOutcome.Succeeded, actorId, subjectId, client, now, sessionId, null);

    /// <summary>The last event of an account: it says that there was one, and nothing about the person.</summary>
    public static AuditEvent OfDeleted(Guid userId, DateTimeOffset now) =>
        Create(AuditEventType.AccountDeleted, AuditOutcome.Succeeded, userId, userId, null, now, null, null);

    /// <summary>The database was put back to an earlier state, by the operator of the server.</summary>
    public static AuditEvent OfRestore(DateTimeOffset now) =>
        Create(AuditEventType.DatabaseRestored, AuditOutcome.Succeeded, null, null, null, now, null, null);

    private static AuditEvent Create(
        AuditEventType type,
        AuditOutcome outcome,
        Guid? actorId,
        Guid? subjectId,
        IClient? client,
        DateTimeOffset now,
        Guid? sessionId,
        string? device,
        SignInMethod? method = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Type = type,
            At = now,
            Outcome = outcome,
            ActorId = actorId,
            SubjectId = subjectId,
            SessionId = sessionId,
            IpAddress = client?.IpAddress,
            Device = device,
            Method = method,
        };
}
