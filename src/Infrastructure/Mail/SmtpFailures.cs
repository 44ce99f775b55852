using System.Net.Sockets;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Common;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Describes why a mail was not delivered, never in the words of the mail server, which may contain the address.</summary>
internal static class SmtpFailures
{
    /// <summary>The reason for a recipient with an address that is not valid.</summary>
    public const string BadAddress = "no mail can be addressed to the recipient";

    /// <summary>The reason for a mail that the mail server has got, and has not accepted or refused.</summary>
    public const string NoAnswer = "no answer to the mail, which may have arrived";

    // Mail servers use these codes for reasons of policy (RFC 3463, 3.8), such as a missing login, so a retry can succeed.
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
            // MailKit throws this exception if the server lacks a feature that the settings require.
            NotSupportedException => "the mail server offers no STARTTLS, or no such sign-in",
            _ when exception.GetBaseException() is SocketException socket => $"{socket.SocketErrorCode}",
            OAuthException => exception.Message,
            _ => exception.GetBaseException().GetType().Name,
        };
}
