using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Mail;

/// <summary>Drafts the mails about tasks that are due, which respect the user's settings and quiet hours, and a limit per hour.</summary>
internal sealed class DueMails(INotificationSettingsRepository settings, IDueNotices notices, IMailThrottle throttle)
{
    /// <summary>The delay of a mail while an older mail to the same user is unfinished.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>Returns the mail to send now; null if it was postponed, or if no task is due any more.</summary>
    public async Task<MailDraft?> DraftAsync(
        OutboxMail mail,
        MailRecipient user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var userSettings = await settings.GetAsync(user.UserId, cancellationToken);
        if (!user.IsConfirmed || !userSettings.Email)
        {
            return null;
        }

        var zone = TimeZoneExtensions.FindOrUtc(user.TimeZone);
        var allowedAt = userSettings.AllowedAt(now, zone);
        if (allowedAt > now || !await notices.TryGatherAsync(mail, cancellationToken))
        {
            mail.Postpone(allowedAt > now ? allowedAt : now + RetryDelay);
            return null;
        }

        var notice = await notices.ReadAsync(mail, now, TasksDueMail.MaxTasks, cancellationToken);
        if (notice.Count == 0)
        {
            return null;
        }

        // A retry of the same mail is not counted again.
        if (mail.Attempts == 0 && await throttle.TakeNoticeAsync(user.UserId, cancellationToken) is { } wait)
        {
            mail.Postpone(now + wait);
            return null;
        }

        return new MailDraft(mail.Kind, user, mail.Data, notice);
    }
}
