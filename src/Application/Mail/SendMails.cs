using Fitnessify.Application.Common;
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
    /// <summary>So many mails are on their way at the same time.</summary>
    internal const int AtATime = 10;

    /// <summary>So many of them go to one domain, so that one that does not answer leaves room for the others.</summary>
    internal const int AtATimeByDomain = 5;

    /// <summary>So many of them can wait, so that a mail that cannot finds room when it comes.</summary>
    internal const int AtATimeOfThoseThatCanWait = 7;

    // After this time, a mail to a domain that is slow and has no room is looked at again.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly List<OutboxMail> _sending = [];

    // Claimed mails to domains that have no room at the moment, but answer fast.
    private readonly List<OutboxMail> _held = [];

    public async Task<Result> Handle(SendMailsCommand request, CancellationToken cancellationToken)
    {
        var round = new SendingRound<Attempt>(AtATime, AtATimeByDomain, TimeSpan.Zero, clock);
        try
        {
            await round.RunAsync(() => TakeAsync(round, cancellationToken), StoreAsync, cancellationToken);
        }
        finally
        {
            foreach (var mail in _held)
            {
                await PostponeAsync(mail, clock.Now(), CancellationToken.None);
            }
        }

        return Result.Success;
    }

    private async Task<int> TakeAsync(SendingRound<Attempt> round, CancellationToken cancellationToken)
    {
        List<OutboxMail> mails = [.. _held, .. await ClaimAsync(round.Room - _held.Count, cancellationToken)];
        _held.Clear();
        // Only the sending runs in parallel, because everything else shares one database connection.
        foreach (var mail in mails)
        {
            await BeginAsync(round, mail, cancellationToken);
        }

        return mails.Count - _held.Count;
    }

    private async Task<IReadOnlyList<OutboxMail>> ClaimAsync(int max, CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(canWait: false, max);
        var waiting = _held.Concat(_sending).Count(mail => mail.CanWait);
        return claimed.Count > 0
            ? claimed
            : await ClaimAsync(canWait: true, Math.Min(max, AtATimeOfThoseThatCanWait - waiting));

        async Task<IReadOnlyList<OutboxMail>> ClaimAsync(bool canWait, int max) =>
            max > 0 ? await outbox.TakeDueAsync(canWait, clock.Now(), max, OutboxMail.Lease, cancellationToken) : [];
    }

    private async Task BeginAsync(SendingRound<Attempt> round, OutboxMail mail, CancellationToken cancellationToken)
    {
        // The domain is found before the mail is written, because what is written counts for the limits of its recipient.
        if (await writer.FindDomainAsync(mail, cancellationToken) is { } domain && !round.HasRoomFor(domain))
        {
            if (round.IsSlow(domain))
            {
                await PostponeAsync(mail, clock.Now() + Pause, cancellationToken);
            }
            else
            {
                _held.Add(mail);
            }
        }
        else if (await WriteAsync(mail, cancellationToken) is { } message)
        {
            _sending.Add(mail);
            round.Add(MailWriter.DomainOf(message.To), SendAsync(mail, message, cancellationToken));
        }
        else
        {
            await outbox.StoreAsync(mail, clock.Now(), cancellationToken);
        }
    }

    private Task PostponeAsync(OutboxMail mail, DateTimeOffset until, CancellationToken cancellationToken)
    {
        mail.Postpone(until);
        return outbox.StoreAsync(mail, clock.Now(), cancellationToken);
    }

    private async Task StoreAsync(IReadOnlyList<Task<Attempt>> ended)
    {
        foreach (var task in ended)
        {
            var (mail, outcome) = await task;
            _sending.Remove(mail);
            if (outcome is { } delivery)
            {
                log.RecordOutcome(mail, delivery);
                // The outcome is stored even if the server is stopping; otherwise the mail would be sent again.
                await outbox.StoreAsync(mail, clock.Now(), CancellationToken.None);
            }
        }
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

    private async Task<Attempt> SendAsync(OutboxMail mail, MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return new(mail, await transport.SendAsync(message, cancellationToken));
        }
        catch (Exception exception)
        {
            return new(
                mail,
                cancellationToken.IsCancellationRequested ? null : MailDelivery.Failed(exception.GetType().Name)
            );
        }
    }

    /// <param name="Mail">The mail.</param>
    /// <param name="Delivery">Null if the server stops: the outcome is unknown then, and the mail is due again after the lease.</param>
    private sealed record Attempt(OutboxMail Mail, MailDelivery? Delivery);
}
