using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Mail;

/// <summary>Mails about overdue tasks go out at once.</summary>
internal sealed class OverdueMailTiming : IMailPreferences
{
    public Task<MailTiming> WhenAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(MailTiming.Now);
}
