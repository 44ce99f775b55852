using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Hands mails to a mail server. A connection for each: what goes wrong with one is no other's.</summary>
internal sealed class SmtpTransport(MailOptions options, Envelope envelope) : IMailTransport
{
    // What servers answer for reasons of policy, for instance to somebody who has not signed in. That can be mended.
    private const string PolicyCode = " 5.7.";

    public async Task<MailDelivery> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            using var message = envelope.Seal(letter);
            using var client = new SmtpClient(options.Host, options.Port)
            {
                EnableSsl = options.Security == MailSecurity.StartTls,
                Credentials = options.User is null ? null : new NetworkCredential(options.User, options.Password),
            };
            // The client alone may wait on for a server that says nothing; without it, it is torn down.
            await client.SendMailAsync(message, cancellationToken).WaitAsync(cancellationToken);
            return MailDelivery.Delivered;
        }
        catch (SmtpFailedRecipientException exception) when (IsUnknown(exception))
        {
            return MailDelivery.Refused(Describe(exception));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a server answers, or does not, is a failure and no bug of ours.
            return MailDelivery.Failed(Describe(exception));
        }
    }

    private static bool IsUnknown(SmtpFailedRecipientException exception) =>
        exception.StatusCode
            is SmtpStatusCode.MailboxUnavailable
                or SmtpStatusCode.UserNotLocalTryAlternatePath
                or SmtpStatusCode.MailboxNameNotAllowed
        && !exception.Message.Contains(PolicyCode, StringComparison.Ordinal);

    // Never the server's words: they may repeat the address.
    private static string Describe(Exception exception) =>
        exception.GetBaseException() is SocketException socket ? $"{socket.SocketErrorCode}"
        : exception is SmtpException { StatusCode: > 0 } smtp ? $"{(int)smtp.StatusCode} {smtp.StatusCode}"
        : exception.GetBaseException().GetType().Name;
}
