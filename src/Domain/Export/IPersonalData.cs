using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Export;

/// <summary>Reads all stored data of a user except the account, as streams, because it can be large.</summary>
public interface IPersonalData
{
    /// <summary>Reads all sessions, including revoked and expired ones, oldest first.</summary>
    IAsyncEnumerable<Session> SessionsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Reads the audit events of which the user is actor or subject, oldest first.</summary>
    IAsyncEnumerable<AuditEvent> AuditEventsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Reads the notifications, oldest first.</summary>
    IAsyncEnumerable<Notification> NotificationsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Reads the mails to the account, oldest first.</summary>
    IAsyncEnumerable<OutboxMail> MailsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Reads the lists, including deleted ones that are still remembered.</summary>
    IAsyncEnumerable<TaskList> ListsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Reads the tasks, including those in the trash.</summary>
    IAsyncEnumerable<TaskItem> TasksAsync(Guid userId, CancellationToken cancellationToken);
}
