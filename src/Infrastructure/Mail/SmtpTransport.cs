using System.Net.Security;
using Fitnessify.Domain.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Hands mails to a mail server. A connection for each: what goes wrong with one is no other's.</summary>
internal sealed class SmtpTransport(MailOptions options, MimeFormat format, OAuthTokens? tokens) : IMailTransport
{
    public async Task<MailDelivery> SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var mime = format.Write(message);
            using var client = new SmtpClient
            {
                // A server behind a firewall reaches no list of revoked certificates, and has to send all the same.
                CheckCertificateRevocation = false,
                // MailKit's own would also take some certificates of large providers that the system does not trust.
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
            // Whatever a server answers, or does not, is a failure and no bug of ours.
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
            // It may have been revoked before its time.
            tokens.Forget(token);
            throw;
        }
    }

    // The server has the mail by now: what goes wrong from here on would only send it twice.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception)
        {
            // It is closed without a word.
        }
    }
}
