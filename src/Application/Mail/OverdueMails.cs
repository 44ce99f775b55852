using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Mail;

/// <summary>Mails about overdue tasks: to those who want them, outside their quiet hours, one at a time, and so many an hour.</summary>
internal sealed class OverdueMails(
    INotificationSettingsRepository settings,
    IOverdueNotices notices,
    IMailThrottle throttle
)
{
    /// <summary>As long as a mail waits for an older one to the same user.</summary>
    internal static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    /// <summary>What to send now. Null when it may not go yet, then it is postponed; or when there is nothing to tell any more.</summary>
    public async Task<MailDraft?> DraftAsync(
        OutboxMail mail,
        MailRecipient user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var wanted = await settings.GetAsync(user.UserId, cancellationToken);
        if (!user.IsConfirmed || !wanted.Email)
        {
            return null;
        }

        var allowedAt = wanted.MailAllowedAt(now);
        if (allowedAt > now || !await notices.TryGatherAsync(mail, cancellationToken))
        {
            mail.Postpone(allowedAt > now ? allowedAt : now + Turn);
            return null;
        }

        var notice = await notices.ReadAsync(mail, TaskOverdueMail.MaxTasks, cancellationToken);
        if (notice.Count == 0)
        {
            return null;
        }

        // Another attempt at the same mail is not counted again.
        if (mail.Attempts == 0 && await throttle.TakeNoticeAsync(user.UserId, cancellationToken) is { } wait)
        {
            mail.Postpone(now + wait);
            return null;
        }

        return new MailDraft(mail.Kind, user, TaskOverdueMail.Describe(notice, wanted.Zone));
    }
}
