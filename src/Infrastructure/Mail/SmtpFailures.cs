using System.Net.Sockets;
using Fitnessify.Domain.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Says why a mail was not delivered. Never in the server's words: they may repeat the address.</summary>
internal static class SmtpFailures
{
    /// <summary>For a recipient that no mail can be addressed to.</summary>
    public const string BadAddress = "no mail can be addressed to the recipient";

    // What servers answer for reasons of policy (RFC 3463, 3.8), to somebody who has not signed in for instance. That can be mended.
    private const string PolicyCode = "5.7.";

    public static MailDelivery Explain(Exception exception) =>
        exception switch
        {
            ParseException => MailDelivery.Refused(BadAddress),
            SmtpCommandException refused when IsUnknown(refused) => MailDelivery.Refused(Describe(refused)),
            _ => MailDelivery.Failed(Describe(exception)),
        };

    private static bool IsUnknown(SmtpCommandException exception) =>
        exception.ErrorCode == SmtpErrorCode.RecipientNotAccepted
        && exception.StatusCode
            is SmtpStatusCode.MailboxUnavailable
                or SmtpStatusCode.UserNotLocalTryAlternatePath
                or SmtpStatusCode.MailboxNameNotAllowed
        && !exception.Message.StartsWith(PolicyCode, StringComparison.Ordinal);

    private static string Describe(Exception exception) =>
        exception switch
        {
            SmtpCommandException { StatusCode: > 0 } smtp => $"{(int)smtp.StatusCode} {smtp.StatusCode}",
            AuthenticationException => "the mail server refuses the sign-in",
            SslHandshakeException => "no TLS: the certificate is not trusted, or the port speaks no TLS",
            // Of MailKit, when a server lacks what the settings ask for.
            NotSupportedException => "the mail server offers no STARTTLS, or no such sign-in",
            _ when exception.GetBaseException() is SocketException socket => $"{socket.SocketErrorCode}",
            OAuthException => exception.Message,
            _ => exception.GetBaseException().GetType().Name,
        };
}
