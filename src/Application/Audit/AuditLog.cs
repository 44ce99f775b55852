using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Audit;

/// <summary>Records what a request does, in its unit of work; it knows who asks, from where, when, and in which session.</summary>
internal sealed class AuditLog(IAuditTrail trail, ICurrentUser currentUser, IClient client, TimeProvider clock)
{
    /// <summary>Records what the signed-in user did to their own account.</summary>
    public void Record(AuditEventType type) => Record(type, currentUser.Id, currentUser.SessionId);

    /// <summary>Records what a user did to their own account without being signed in, or to one of its sessions.</summary>
    public void Record(AuditEventType type, Guid userId, Guid? sessionId = null, string? device = null) =>
        trail.Add(AuditEvent.Of(type, userId, client, clock.Now(), sessionId, device));

    /// <summary>Records that a session began.</summary>
    public void RecordSignIn(Session session, SignInMethod method) =>
        trail.Add(AuditEvent.SignedIn(session.OwnerId, session.Id, session.Device, method, client, session.CreatedAt));

    /// <summary>Records what was refused, to the user of the request's session, or to somebody unknown if it has none.</summary>
    /// <param name="type">What was tried.</param>
    /// <param name="subjectId">The account, or null for a login that nobody has.</param>
    public void RecordRefused(AuditEventType type, Guid? subjectId) =>
        trail.Add(
            AuditEvent.Refused(
                type,
                client.SessionId is null ? null : subjectId,
                subjectId,
                client,
                clock.Now(),
                client.SessionId
            )
        );

    /// <summary>Records that somebody who has not shown who they are was refused.</summary>
    /// <param name="type">What was tried.</param>
    /// <param name="subjectId">The account, or null for a login that nobody has.</param>
    /// <param name="sessionId">The session that it was tried to go on with, or null.</param>
    /// <param name="device">What the app calls the device, where that is known.</param>
    public void RecordRefusedStranger(
        AuditEventType type,
        Guid? subjectId,
        Guid? sessionId = null,
        string? device = null
    ) => trail.Add(AuditEvent.Refused(type, null, subjectId, client, clock.Now(), sessionId, device));

    /// <summary>Records what the signed-in admin did to somebody's account.</summary>
    public void RecordByAdmin(AuditEventType type, Guid subjectId) =>
        trail.Add(AuditEvent.ByAdmin(type, currentUser.Id, subjectId, client, clock.Now(), currentUser.SessionId));

    /// <summary>Records what the operator of the server did to an account.</summary>
    public void RecordByOperator(AuditEventType type, Guid subjectId) =>
        trail.Add(AuditEvent.ByAdmin(type, actorId: null, subjectId, client, clock.Now(), sessionId: null));

    /// <summary>Records that an account was deleted, and nothing about the person.</summary>
    public void RecordDeletion(Guid userId) => trail.Add(AuditEvent.OfDeleted(userId, clock.Now()));
}
