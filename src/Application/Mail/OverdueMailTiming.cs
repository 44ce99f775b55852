using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Mail;

/// <summary>Mails about overdue tasks go out to those who want them, outside their quiet hours.</summary>
internal sealed class OverdueMailTiming(INotificationSettingsRepository settings) : IMailPreferences
{
    public async Task<MailTiming> WhenAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = await settings.GetAsync(mail.UserId!.Value, cancellationToken);
        return wanted.Email ? MailTiming.Later(wanted.MailAllowedAt(now)) : MailTiming.Never;
    }
}
