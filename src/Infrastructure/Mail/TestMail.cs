using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Sends a mail by which an operator can check the settings.</summary>
public static class TestMail
{
    private const string Subject = "Test mail of Fitnessify";
    private const string Text = "Mails of this server arrive here.\r\n";
    private const string Html =
        "<!doctype html><html lang=\"en\"><body><p>Mails of this server arrive here.</p></body></html>";

    /// <summary>Sends a mail with the current settings, without the outbox.</summary>
    /// <returns>The transport and the destination, or the reason of the failure.</returns>
    public static async Task<Result<string>> SendTestMailAsync(this IServiceProvider services, string address)
    {
        if (!MailboxAddress.TryParse(address, out var mailbox) || !mailbox.Address.Contains('@'))
        {
            return CommandErrors.Refused("This is not an e-mail address.");
        }

        var options = services.GetRequiredService<MailOptions>();
        var place = options.Mode == MailMode.Smtp ? $"{options.Host}:{options.Port}" : "Mail:PickupFolder";
        var message = new MailMessage(Guid.CreateVersion7(), mailbox.Address, Subject, Text, Html);
        var delivery = await services.GetRequiredService<IMailTransport>().SendAsync(message, CancellationToken.None);
        return delivery.Outcome == MailOutcome.Delivered ? place : CommandErrors.Refused($"{place}: {delivery.Reason}");
    }
}
