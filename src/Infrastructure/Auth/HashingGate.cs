using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>
/// Runs slow password work on threads of its own, so that a storm of sign-ins cannot take the request threads. Whoever
/// finds the queue full, or does not get to its head in time, is told to come back, instead of waiting longer than
/// anybody would (ASVS 5.0, 15.1.3).
/// </summary>
internal sealed class HashingGate : IDisposable
{
    // Other threads come first: they need little, and many wait for them.
    private const int LowerPriority = 10;

    private readonly BlockingCollection<Action> _queue;
    private readonly Thread[] _threads;
    private readonly TimeSpan _longestWait;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly int _places;
    private int _entered;

    public HashingGate(AccountOptions options, ServerMetrics metrics, TimeProvider clock)
    {
        _metrics = metrics;
        _clock = clock;
        _places = options.HashingConcurrency + options.HashingQueue;
        _longestWait = TimeSpan.FromSeconds(options.HashingWaitSeconds);
        _queue = new BlockingCollection<Action>(options.HashingQueue);
        metrics.ObserveHashingQueue(() => _queue.Count);
        _threads = new Thread[options.HashingConcurrency];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"hashing {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>The outcome of the work, or <c>service_unavailable</c> when the queue is full or too slow.</summary>
    /// <exception cref="OperationCanceledException">The caller went away before the work began.</exception>
    public async Task<Result<T>> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<Result<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var since = _clock.GetTimestamp();
        return _queue.TryAdd(() => Run(work, since, outcome, cancellationToken))
            ? await outcome.Task
            : CommonErrors.ServiceUnavailable;
    }

    /// <summary>A place for one who will come with work; null when threads and queue are taken by such.</summary>
    public IDisposable? Enter()
    {
        if (Interlocked.Increment(ref _entered) <= _places)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _entered);
        return null;
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

    private void Run<T>(
        Func<T> work,
        long since,
        TaskCompletionSource<Result<T>> outcome,
        CancellationToken cancellationToken
    )
    {
        var waited = _clock.GetElapsedTime(since);
        _metrics.RecordHashingWait(waited);
        if (cancellationToken.IsCancellationRequested)
        {
            outcome.SetCanceled(cancellationToken);
            return;
        }

        if (waited > _longestWait)
        {
            outcome.SetResult(CommonErrors.ServiceUnavailable);
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
        LowerPriorityOfThread();
        foreach (var action in _queue.GetConsumingEnumerable())
        {
            action();
        }
    }

    // .NET sets priorities of threads on Windows only. On Linux, nice() changes the calling thread and no other.
    private static void LowerPriorityOfThread()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
        {
            _ = Nice(LowerPriority);
        }
    }

    [DllImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nice(int increment);

    private sealed class Place(HashingGate gate) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref gate._entered);
    }
}
