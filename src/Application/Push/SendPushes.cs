using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Push;

/// <summary>Sends the messages to devices that are due.</summary>
public sealed record SendPushesCommand : IRequest<Result>;

internal sealed partial class SendPushesHandler(
    IPushDeliveries deliveries,
    IPushTransport transport,
    ILogger<SendPushesHandler> logger,
    TimeProvider clock
) : IRequestHandler<SendPushesCommand, Result>
{
    /// <summary>So many messages are on their way at the same time.</summary>
    internal const int AtATime = 128;

    /// <summary>So many of them go to one service, so that one that does not answer leaves room for the others.</summary>
    internal const int AtATimeByService = 48;

    // So many are begun in each tick: a burst of thousands takes seconds, and leaves the processor to the requests meanwhile.
    private const int AtATick = 16;

    // Outcomes that arrive within a tick are stored together.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    // After this time, a message whose service has no room is looked at again.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(PushPlatform Platform, string Reason), int> _failures = [];

    public async Task<Result> Handle(SendPushesCommand request, CancellationToken cancellationToken)
    {
        var round = new SendingRound<Attempt>(AtATime, AtATimeByService, Tick, clock);
        try
        {
            await round.RunAsync(() => TakeAsync(round, cancellationToken), StoreAsync, cancellationToken);
        }
        finally
        {
            LogFailures();
        }

        return Result.Success;
    }

    private async Task<int> TakeAsync(SendingRound<Attempt> round, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var max = Math.Min(AtATick, round.Room);
        var taken = await deliveries.TakeDueAsync(now, max, PushDelivery.Lease, cancellationToken);
        if (taken.Count == 0)
        {
            return 0;
        }

        var contents = await deliveries.ReadAsync(taken, now, cancellationToken);
        List<PushDelivery> unsent = [];
        foreach (var delivery in taken)
        {
            var content = contents.GetValueOrDefault(delivery.Id);
            if (PushWriter.Write(delivery, content, now) is not { } message)
            {
                unsent.Add(delivery);
            }
            else if (!round.HasRoomFor(content!.Device.Service))
            {
                delivery.Postpone(now + Pause);
                unsent.Add(delivery);
            }
            else
            {
                var device = content.Device;
                round.Add(device.Service, SendAsync(delivery, device, message, cancellationToken));
            }
        }

        if (unsent.Count > 0)
        {
            await deliveries.StoreAsync(unsent, [], clock.Now(), cancellationToken);
        }

        return taken.Count;
    }

    // The outcomes are stored even if the server is stopping; otherwise the messages would be sent again.
    private async Task StoreAsync(IReadOnlyList<Task<Attempt>> ended)
    {
        var now = clock.Now();
        List<PushDelivery> changed = [];
        List<Device> dead = [];
        foreach (var task in ended)
        {
            // An attempt that was canceled has an unknown outcome: the message is due again after the lease.
            if (!task.IsCompletedSuccessfully)
            {
                continue;
            }

            var (delivery, device, outcome) = await task;
            Record(delivery, device, outcome, now);
            changed.Add(delivery);
            if (outcome.Kind == PushOutcomeKind.Dead)
            {
                dead.Add(device);
            }
        }

        if (changed.Count > 0)
        {
            await deliveries.StoreAsync(changed, dead, now, CancellationToken.None);
        }
    }

    private void Record(PushDelivery delivery, Device device, PushOutcome outcome, DateTimeOffset now)
    {
        switch (outcome.Kind)
        {
            case PushOutcomeKind.Sent:
                delivery.Sent(now);
                return;
            case PushOutcomeKind.Failed:
                delivery.Failed(outcome.RetryAfter, now);
                break;
            case PushOutcomeKind.Refused:
            case PushOutcomeKind.Dead:
                delivery.Drop();
                break;
        }

        var key = (device.Platform, outcome.Reason);
        _failures[key] = _failures.GetValueOrDefault(key) + 1;
    }

    private async Task<Attempt> SendAsync(
        PushDelivery delivery,
        Device device,
        PushMessage message,
        CancellationToken cancellationToken
    ) => new(delivery, device, await transport.SendAsync(device, message, cancellationToken));

    // One line for each reason: when a service is down, thousands fail for the same.
    private void LogFailures()
    {
        foreach (var ((platform, reason), count) in _failures)
        {
            LogFailed(count, platform, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} messages to devices were not accepted by {Platform}: {Reason}")]
    private partial void LogFailed(int count, PushPlatform platform, string reason);

    private sealed record Attempt(PushDelivery Delivery, Device Device, PushOutcome Outcome);
}
