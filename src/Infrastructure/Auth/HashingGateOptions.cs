using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Section <c>Accounts</c>: how much slow password work runs and waits at a time.</summary>
public sealed class HashingGateOptions
{
    /// <summary>Threads for password work.</summary>
    /// <value>number of cores</value>
    [Range(1, 256)]
    public int HashingConcurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>How many may wait for a thread; more are answered with 503.</summary>
    [Range(1, 10_000)]
    public int HashingQueue { get; init; } = 64;

    /// <summary>Seconds after which nobody waits any longer, however short the queue.</summary>
    [Range(1, 60)]
    public int HashingWaitSeconds { get; init; } = 3;
}
