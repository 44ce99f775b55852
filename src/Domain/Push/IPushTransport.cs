namespace Fitnessify.Domain.Push;

/// <summary>Sends messages to the services. Implementations are safe for concurrent use.</summary>
public interface IPushTransport
{
    /// <summary>
    /// Sends one message within a time limit, or returns why it could not. A canceled call may still have sent it.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="OperationCanceledException">The call was canceled; every other failure is an outcome.</exception>
    Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken);
}

/// <summary>The outcome of an attempt.</summary>
/// <param name="Kind">Whether the service has accepted the message, and if not, what follows.</param>
/// <param name="Reason">The reason of a failure in a few words; never an endpoint, a token or a title.</param>
/// <param name="RetryAfter">The pause that the service asks for before the next attempt, or null.</param>
public readonly record struct PushOutcome(PushOutcomeKind Kind, string Reason = "", TimeSpan? RetryAfter = null)
{
    /// <summary>The service has accepted the message.</summary>
    public static readonly PushOutcome Sent = new(PushOutcomeKind.Sent);

    /// <summary>Creates the outcome of an attempt that can succeed later.</summary>
    public static PushOutcome Failed(string reason, TimeSpan? retryAfter = null) =>
        new(PushOutcomeKind.Failed, reason, retryAfter);

    /// <summary>Creates the outcome of an attempt that no retry can help.</summary>
    public static PushOutcome Refused(string reason) => new(PushOutcomeKind.Refused, reason);

    /// <summary>Creates the outcome of an attempt to reach a device that does not exist any more.</summary>
    public static PushOutcome Dead(string reason) => new(PushOutcomeKind.Dead, reason);
}

/// <summary>The possible outcomes of an attempt.</summary>
public enum PushOutcomeKind
{
    /// <summary>The service has accepted the message.</summary>
    Sent,

    /// <summary>The attempt failed, and a retry can help.</summary>
    Failed,

    /// <summary>The service does not accept this message, and will not.</summary>
    Refused,

    /// <summary>The service does not know the device any more.</summary>
    Dead,
}
