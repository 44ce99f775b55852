using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Export;

/// <summary>All that is stored of a user besides the account, read part by part: it may be much.</summary>
public interface IPersonalData
{
    /// <summary>Sessions, ended ones included, oldest first.</summary>
    IAsyncEnumerable<Session> SessionsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Audit events that were done to or by the user, oldest first.</summary>
    IAsyncEnumerable<AuditEvent> AuditEventsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Notifications, oldest first.</summary>
    IAsyncEnumerable<Notification> NotificationsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Mails to the account, oldest first.</summary>
    IAsyncEnumerable<OutboxMail> MailsAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Tasks, those in the trash included, in the order of their last changes.</summary>
    IAsyncEnumerable<TaskItem> TasksAsync(Guid userId, CancellationToken cancellationToken);
}
