using System.Globalization;
using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Auth;

public sealed class HashingGateTests
{
    // Only a broken gate makes a test wait this long.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Work_runs_on_a_dedicated_thread()
    {
        using var gate = Gate(concurrency: 1, queue: 1);

        var thread = await gate.RunAsync(() => Thread.CurrentThread, default);

        Assert.That(thread.Value!.IsThreadPoolThread, Is.False);
        Assert.That(thread.Value.Name, Does.StartWith("hashing"));
    }

    [Test]
    public async Task A_caller_that_finds_the_queue_full_is_asked_to_retry()
    {
        using var gate = Gate(concurrency: 1, queue: 2);
        using var worker = new BusyWorker(gate);
        var queued = Enumerable.Range(0, 2).Select(i => gate.RunAsync(() => i, default)).ToList();

        var refused = await gate.RunAsync(() => 2, default);
        worker.Release();

        Assert.That(refused.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(refused.Error!.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
        Assert.That((await Task.WhenAll(queued)).Select(result => result.Value), Is.EqualTo([0, 1]));
    }

    [Test]
    public void The_gate_has_as_many_slots_as_threads_and_queue_and_reuses_released_ones()
    {
        using var gate = Gate(concurrency: 1, queue: 2);
        var slots = Enumerable.Range(0, 3).Select(_ => gate.Enter()).ToList();

        Assert.That(slots, Has.All.Not.Null);
        Assert.That(gate.Enter(), Is.Null);
        slots[0]!.Dispose();
        using var next = gate.Enter();
        Assert.That(next, Is.Not.Null);
        Assert.That(gate.Enter(), Is.Null);
    }

    [Test]
    public async Task A_caller_that_waits_too_long_is_asked_to_retry_and_no_work_is_done()
    {
        var clock = new FakeTimeProvider();
        using var gate = Gate(concurrency: 1, queue: 2, clock);
        using var worker = new BusyWorker(gate);
        var begun = false;
        var early = gate.RunAsync(() => begun = true, default);
        clock.Advance(TimeSpan.FromSeconds(2.5));
        var late = gate.RunAsync(() => 42, default);
        clock.Advance(TimeSpan.FromSeconds(0.501));
        worker.Release();

        Assert.That((await early).Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(begun, Is.False);
        Assert.That((await late).Value, Is.EqualTo(42));
    }

    [Test]
    [Platform("Linux")]
    public async Task Work_runs_with_a_low_thread_priority()
    {
        using var gate = Gate(concurrency: 1, queue: 1);

        var own = await gate.RunAsync(NiceOfThread, default);

        Assert.That(own.Value, Is.EqualTo(Math.Min(19, NiceOfThread() + 10)));

        // It is the 19th field after the name in brackets, see proc_pid_stat(5).
        static int NiceOfThread() =>
            int.Parse(
                File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ')[17],
                CultureInfo.InvariantCulture
            );
    }

    [Test]
    public async Task Work_runs_with_the_configured_concurrency_at_most()
    {
        const int concurrency = 2;
        using var gate = Gate(concurrency, queue: 10);
        // Each work item waits for another one that runs at the same time.
        using var pair = new Barrier(concurrency);
        var running = 0;
        var work = Enumerable
            .Range(0, 5 * concurrency)
            .Select(_ =>
                gate.RunAsync(
                    () =>
                    {
                        var atOnce = Interlocked.Increment(ref running);
                        var met = pair.SignalAndWait(Timeout);
                        Interlocked.Decrement(ref running);
                        return (met, atOnce);
                    },
                    default
                )
            );

        var results = await Task.WhenAll(work);

        Assert.That(results.Select(result => result.Value.met), Is.All.True);
        Assert.That(results.Select(result => result.Value.atOnce), Is.All.AtMost(concurrency));
    }

    [Test]
    public async Task Work_does_not_start_for_a_cancelled_caller()
    {
        using var gate = Gate(concurrency: 1, queue: 1);
        using var worker = new BusyWorker(gate);
        using var caller = new CancellationTokenSource();
        var begun = false;
        var waiting = gate.RunAsync(() => begun = true, caller.Token);

        await caller.CancelAsync();
        worker.Release();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(begun, Is.False);
    }

    [Test]
    public async Task An_exception_reaches_the_caller_and_the_thread_survives()
    {
        using var gate = Gate(concurrency: 1, queue: 1);

        Assert.That(
            () => gate.RunAsync<int>(() => throw new InvalidOperationException("broken"), default),
            Throws.InvalidOperationException.With.Message.EqualTo("broken")
        );
        Assert.That((await gate.RunAsync(() => 42, default)).Value, Is.EqualTo(42));
    }

    private static HashingGate Gate(int concurrency, int queue, TimeProvider? clock = null) =>
        new(
            new AccountOptions { HashingConcurrency = concurrency, HashingQueue = queue },
            new ServerMetrics(TimeProvider.System),
            clock ?? TimeProvider.System
        );

    /// <summary>Keeps the only thread of a gate busy.</summary>
    private sealed class BusyWorker : IDisposable
    {
        private readonly ManualResetEventSlim _begun = new();
        private readonly ManualResetEventSlim _released = new();

        public BusyWorker(HashingGate gate)
        {
            _ = gate.RunAsync(
                () =>
                {
                    _begun.Set();
                    return _released.Wait(Timeout);
                },
                default
            );
            Assert.That(_begun.Wait(Timeout), Is.True);
        }

        public void Release() => _released.Set();

        // A test that fails before it releases the thread must not prevent the gate from closing.
        public void Dispose() => Release();
    }
}
