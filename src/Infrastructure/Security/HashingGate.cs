using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.Infrastructure.Security;

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
}

/// <summary>
/// Runs slow password work on threads of its own, so that a storm of sign-ins cannot take the request threads. Whoever
/// finds the queue full is told to come back, instead of waiting longer than anybody would (ASVS 5.0, 15.1.3).
/// </summary>
internal sealed class HashingGate : IDisposable
{
    private readonly BlockingCollection<Action> _queue;
    private readonly Thread[] _threads;
    private readonly ServerMetrics _metrics;

    public HashingGate(HashingGateOptions options, ServerMetrics metrics)
    {
        _metrics = metrics;
        _queue = new BlockingCollection<Action>(options.HashingQueue);
        metrics.ObserveHashingQueue(() => _queue.Count);
        _threads = new Thread[options.HashingConcurrency];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"hashing {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>The outcome of the work, or <c>service_unavailable</c> when the queue is full.</summary>
    /// <exception cref="OperationCanceledException">The caller went away before the work began.</exception>
    public async Task<Result<T>> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = Stopwatch.GetTimestamp();
        return _queue.TryAdd(() => Run(work, outcome, queued, cancellationToken))
            ? await outcome.Task
            : CommonErrors.ServiceUnavailable;
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _queue.Dispose();
    }

    private void Run<T>(Func<T> work, TaskCompletionSource<T> outcome, long queued, CancellationToken cancellationToken)
    {
        _metrics.RecordHashingWait(Stopwatch.GetElapsedTime(queued));
        if (cancellationToken.IsCancellationRequested)
        {
            outcome.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            outcome.SetResult(work());
        }
#pragma warning disable CA1031 // It is passed on to whoever waits; the thread has to go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outcome.SetException(exception);
        }
    }

    private void Work()
    {
        foreach (var action in _queue.GetConsumingEnumerable())
        {
            action();
        }
    }
}
