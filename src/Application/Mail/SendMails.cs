using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Mail;

/// <summary>Sends the mails whose time has come.</summary>
public sealed record SendMailsCommand : IRequest<Result>;

internal sealed class SendMailsHandler(
    IMailOutbox outbox,
    MailWriter writer,
    IMailTransport transport,
    DeliveryLog log,
    TimeProvider clock
) : IRequestHandler<SendMailsCommand, Result>
{
    /// <summary>A server that stalls holds one place for that long.</summary>
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    // Of a batch, so many go out at a time. Even when each takes all its time, the batch is done within the lease.
    internal const int AtATime = 8;
    internal const int BatchSize = 5 * AtATime;
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<Result> Handle(SendMailsCommand request, CancellationToken cancellationToken)
    {
        IReadOnlyList<OutboxMail> taken;
        do
        {
            taken = await TakeAsync(canWait: false, BatchSize);
            if (taken.Count == 0)
            {
                // Few at a time: then it is looked again for those that cannot wait.
                taken = await TakeAsync(canWait: true, AtATime);
            }

            await SendAsync(taken, cancellationToken);
            // Fewer than a batch does not say that no more are due: another instance may have taken the rest of it.
        } while (taken.Count > 0);

        return Result.Success;

        Task<IReadOnlyList<OutboxMail>> TakeAsync(bool canWait, int max) =>
            outbox.TakeDueAsync(canWait, clock.Now(), max, Lease, cancellationToken);
    }

    // Only the sending is parallel: all else shares one connection to the database.
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
                await outbox.StoreAsync(mail, cancellationToken);
            }
        }

        var places = new SemaphoreSlim(AtATime);
        var sending = messages.Select(each => SendAsync(each.Mail, each.Message, places, cancellationToken)).ToList();
        await foreach (var attempt in Task.WhenEach(sending))
        {
            if (await attempt is (var mail, { } delivery))
            {
                log.Mark(mail, delivery);
                // Also when the server stops: what has been sent is not to be sent again.
                await outbox.StoreAsync(mail, CancellationToken.None);
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
            // A mail that nobody can write must not keep back those after it.
            log.Unwritten(mail, exception);
            return null;
        }
    }

    /// <summary>No delivery when the server stops: whether the mail has gone is then not known, and the lease runs out.</summary>
    private async Task<(OutboxMail Mail, MailDelivery? Delivery)> SendAsync(
        OutboxMail mail,
        MailMessage message,
        SemaphoreSlim places,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                using var limit = new CancellationTokenSource(TimeLimit, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                return (mail, await transport.SendAsync(message, either.Token));
            }
            finally
            {
                places.Release();
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
