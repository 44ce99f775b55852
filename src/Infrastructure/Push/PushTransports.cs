using System.Collections.Frozen;
using System.Text.Json;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Hands each message to the adapter of its service, limits the time, and counts the outcomes.</summary>
internal sealed class PushTransports(IEnumerable<IPushAdapter> adapters, ServerMetrics metrics, TimeProvider clock)
    : IPushTransport
{
    /// <summary>The time after which an attempt counts as failed, so that a slow service occupies a slot no longer.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly FrozenDictionary<PushPlatform, IPushAdapter> _adapters = adapters.ToFrozenDictionary(adapter =>
        adapter.Platform
    );

    public async Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken)
    {
        var outcome = _adapters.TryGetValue(device.Platform, out var adapter)
            ? await SendAsync(adapter, device, message, cancellationToken)
            : PushOutcome.Refused("not configured");
        metrics.CountPush(
            JsonNamingPolicy.CamelCase.ConvertName($"{device.Platform}"),
            JsonNamingPolicy.CamelCase.ConvertName($"{outcome.Kind}")
        );
        return outcome;
    }

    private async Task<PushOutcome> SendAsync(
        IPushAdapter adapter,
        Device device,
        PushMessage message,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await adapter.SendAsync(device, message, either.Token);
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A message of an exception can hold an endpoint.
            return PushOutcome.Failed(
                limit.IsCancellationRequested ? "no answer in time" : exception.GetBaseException().GetType().Name
            );
        }
    }
}
