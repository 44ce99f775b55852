using System.Net.Security;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Common;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Delivers mails to a mail server. Each mail has its own connection, so that a failure affects no other mail.</summary>
internal sealed class SmtpTransport(MailOptions options, MimeFormat format, OAuthTokens? tokens) : IMailTransport
{
    public async Task<MailDelivery> SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var mime = format.Write(message);
            using var client = new SmtpClient
            {
                // A server behind a firewall can reach no revocation list, and has to send mails all the same.
                CheckCertificateRevocation = false,
                // MailKit's own check also accepts some certificates of large providers that the system does not trust.
                ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None,
            };
            await client.ConnectAsync(options.Host!, options.Port, Security, cancellationToken);
            await AuthenticateAsync(client, cancellationToken);
            await client.SendAsync(mime, cancellationToken);
            await LeaveAsync(client, cancellationToken);
            return MailDelivery.Delivered;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Any response of the mail server, or none, is a failed delivery and not a bug.
            return SmtpFailures.Explain(exception);
        }
    }

    private SecureSocketOptions Security =>
        options.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };

    private async Task AuthenticateAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (options.User is null)
        {
            return;
        }

        if (tokens is null)
        {
            await client.AuthenticateAsync(options.User, options.Password!, cancellationToken);
            return;
        }

        var token = await tokens.GetAsync(cancellationToken);
        try
        {
            await client.AuthenticateAsync(new SaslMechanismOAuth2(options.User, token), cancellationToken);
        }
        catch (AuthenticationException)
        {
            // The token may have been revoked before it expired.
            tokens.Forget(token);
            throw;
        }
    }

    // The mail server has accepted the mail, so a failure from here on must not lead to another attempt.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception)
        {
            // The connection is closed without the QUIT command then.
        }
    }
}
