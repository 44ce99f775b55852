using Fitnessify.Domain.Auth;

namespace Fitnessify.Domain.Audit;

/// <summary>
/// An event of the audit trail. It is written in the transaction of the change that it records, and is never changed (ASVS 5.0,
/// 16.3).
/// </summary>
public sealed class AuditEvent
{
    private AuditEvent() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The type of the event.</summary>
    public AuditEventType Type { get; private init; }

    /// <summary>The time of the event in UTC.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>Whether the action was done or refused.</summary>
    public AuditOutcome Outcome { get; private init; }

    /// <summary>The id of the user who acted; null if nobody was signed in.</summary>
    public Guid? ActorId { get; private init; }

    /// <summary>The account that was affected; null for a login that no account has.</summary>
    public Guid? SubjectId { get; private init; }

    /// <summary>The session in which the event happened, or which it affected; null if there is none.</summary>
    public Guid? SessionId { get; private init; }

    /// <summary>The address that the request came from.</summary>
    public string? IpAddress { get; private init; }

    /// <summary>The name that the app gave the device; null if it is unknown.</summary>
    public string? Device { get; private init; }

    /// <summary>The sign-in method of an event that starts a session; null for other events.</summary>
    public SignInMethod? Method { get; private init; }

    /// <summary>Creates the event of a started session.</summary>
    public static AuditEvent SignedIn(
        Guid userId,
        Guid sessionId,
        string? device,
        SignInMethod method,
        IClient client,
        DateTimeOffset now
    ) =>
        Create(AuditEventType.SignedIn, AuditOutcome.Succeeded, userId, userId, client, now, sessionId, device, method);

    /// <summary>Creates the event of a user's change to their own account.</summary>
    public static AuditEvent Of(
        AuditEventType type,
        Guid userId,
        IClient client,
        DateTimeOffset now,
        Guid? sessionId = null,
        string? device = null
    ) => Create(type, AuditOutcome.Succeeded, userId, userId, client, now, sessionId, device);

    /// <summary>Creates the event of a refused action.</summary>
    public static AuditEvent Refused(
        AuditEventType type,
        Guid? actorId,
        Guid? subjectId,
        IClient client,
        DateTimeOffset now,
        Guid? sessionId = null,
        string? device = null
    ) => Create(type, AuditOutcome.Failed, actorId, subjectId, client, now, sessionId, device);

    /// <summary>Creates the event of an admin's or the operator's change; the operator has no actor id.</summary>
    public static AuditEvent ByAdmin(
        AuditEventType type,
        Guid? actorId,
        Guid subjectId,
        IClient client,
        DateTimeOffset now,
        Guid? sessionId
    ) => Create(type, AuditOutcome.Succeeded, actorId, subjectId, client, now, sessionId, null);

    /// <summary>Creates the last event of an account. It keeps the id and no personal data.</summary>
    public static AuditEvent OfDeleted(Guid userId, DateTimeOffset now) =>
        Create(AuditEventType.AccountDeleted, AuditOutcome.Succeeded, userId, userId, null, now, null, null);

    /// <summary>Creates the event of a database restore by the operator of the server.</summary>
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
