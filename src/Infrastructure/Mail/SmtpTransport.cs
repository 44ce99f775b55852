using System.Net.Security;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Common;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Delivers mails to a mail server. Each mail has its own connection, so that a failure affects no other mail.</summary>
internal sealed class SmtpTransport(MailOptions options, MimeFormat format, OAuthTokens? tokens, TimeProvider clock)
    : IMailTransport
{
    /// <summary>The time until the mail server asks for the mail, so that a slow one occupies a slot no longer.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time from then on. Who gives up earlier sends copies of what the mail server accepts late. RFC 5321, 4.5.3.2.6, asks for
    /// ten minutes, for which the lease would be too short; the few retries without an answer bound the copies instead.
    /// </summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    public async Task<MailDelivery> SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var transmission = new Transmission(limit);
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
            await client.ConnectAsync(options.Host!, options.Port, Security, either.Token);
            await AuthenticateAsync(client, either.Token);
            await client.SendAsync(mime, either.Token, transmission);
            limit.CancelAfter(TimeLimit);
            await LeaveAsync(client, either.Token);
            return MailDelivery.Delivered;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Any response of the mail server, or none, is a failed delivery and not a bug. A response that MailKit understands
            // is one to the mail.
            return transmission.HasBegun && exception is not SmtpCommandException
                    ? MailDelivery.Unanswered(SmtpFailures.NoAnswer)
                : limit.IsCancellationRequested ? MailDelivery.Failed($"no answer within {TimeLimit.TotalSeconds:0} s")
                : SmtpFailures.Explain(exception);
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

    /// <summary>
    /// Notices when the mail server is given the mail. What it has got of that cannot be known, so that from the first byte on the
    /// outcome is unknown without an answer.
    /// </summary>
    private sealed class Transmission(CancellationTokenSource limit) : MailKit.ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

        public void Report(long bytesTransferred)
        {
            if (!HasBegun)
            {
                HasBegun = true;
                limit.CancelAfter(AnswerLimit);
            }
        }
    }
}
