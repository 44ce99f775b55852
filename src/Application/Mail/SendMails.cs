using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Mail;

/// <summary>Sends the mails that are due.</summary>
public sealed record SendMailsCommand : IRequest<Result>;

internal sealed class SendMailsHandler(
    IMailOutbox outbox,
    MailWriter writer,
    IMailTransport transport,
    DeliveryLog log,
    TimeProvider clock
) : IRequestHandler<SendMailsCommand, Result>
{
    /// <summary>The time after which an attempt counts as failed, so that a slow mail server occupies a slot no longer.</summary>
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    // So many mails of a batch are sent in parallel. Even if each takes the whole time limit, the batch ends within the lease.
    internal const int AtATime = 8;
    internal const int BatchSize = 5 * AtATime;
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<Result> Handle(SendMailsCommand request, CancellationToken cancellationToken)
    {
        IReadOnlyList<OutboxMail> claimed;
        do
        {
            claimed = await ClaimAsync(canWait: false, BatchSize);
            if (claimed.Count == 0)
            {
                // Only a few are claimed, so that mails that cannot wait are found again soon.
                claimed = await ClaimAsync(canWait: true, AtATime);
            }

            await SendAsync(claimed, cancellationToken);
            // A batch that is not full does not mean that no more mails are due: another instance may have claimed the others.
        } while (claimed.Count > 0);

        return Result.Success;

        Task<IReadOnlyList<OutboxMail>> ClaimAsync(bool canWait, int max) =>
            outbox.TakeDueAsync(canWait, clock.Now(), max, Lease, cancellationToken);
    }

    // Only the sending runs in parallel, because everything else shares one database connection.
    private async Task SendAsync(IReadOnlyList<OutboxMail> mails, CancellationToken cancellationToken)
    {
        List<(OutboxMail Mail, MailMessage Message)> messages = [];
        foreach (var mail in mails)
        {
            if (await WriteAsync(mail, cancellationToken) is { } message)
            {
                messages.Add((mail, message));
            }
            else
            {
                await outbox.StoreAsync(mail, clock.Now(), cancellationToken);
            }
        }

        var slots = new SemaphoreSlim(AtATime);
        var sending = messages.Select(each => SendAsync(each.Mail, each.Message, slots, cancellationToken)).ToList();
        await foreach (var attempt in Task.WhenEach(sending))
        {
            if (await attempt is (var mail, { } delivery))
            {
                log.RecordOutcome(mail, delivery);
                // The outcome is stored even if the server is stopping; otherwise the mail would be sent again.
                await outbox.StoreAsync(mail, clock.Now(), CancellationToken.None);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<MailMessage?> WriteAsync(OutboxMail mail, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.WriteAsync(mail, clock.Now(), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A mail that cannot be rendered must not block the ones after it.
            log.RecordRenderFailure(mail, exception);
            return null;
        }
    }

    /// <summary>Returns no delivery if the server stops: the outcome is unknown then, and the mail is due again after the lease.</summary>
    private async Task<(OutboxMail Mail, MailDelivery? Delivery)> SendAsync(
        OutboxMail mail,
        MailMessage message,
        SemaphoreSlim slots,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                using var limit = new CancellationTokenSource(TimeLimit, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                return (mail, await transport.SendAsync(message, either.Token));
            }
            finally
            {
                slots.Release();
            }
        }
        catch (Exception exception)
        {
            return cancellationToken.IsCancellationRequested ? (mail, null)
                : exception is OperationCanceledException
                    ? (mail, MailDelivery.Failed($"no answer within {TimeLimit.TotalSeconds:0} s"))
                : (mail, MailDelivery.Failed(exception.GetType().Name));
        }
    }
}
