using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Sends messages by one service. Implementations are safe for concurrent use.</summary>
internal interface IPushAdapter
{
    /// <summary>Gets the service.</summary>
    PushPlatform Platform { get; }

    /// <summary>Sends one message. Exceptions are failures that a retry can help; the caller limits the time.</summary>
    Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken);
}
