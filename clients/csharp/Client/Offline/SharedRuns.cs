namespace Fitnessify.Client;

/// <summary>
/// Runs work for several callers, one run at a time. A call during a run waits for the next run, which it shares with the other calls
/// that wait.
/// </summary>
internal sealed class SharedRuns(Func<CancellationToken, Task> work)
{
    private readonly object _lock = new();
    private Run? _running;
    private Run? _next;

    /// <summary>Waits for a run that begins after this call.</summary>
    /// <param name="ct">Ends the wait. The run is canceled when no call waits for it any more.</param>
    public async Task JoinAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Run run;
        lock (_lock)
        {
            run = _running is null ? _running = new Run() : _next ??= new Run();
            run.Waiting++;
            if (run == _running && run.Waiting == 1)
            {
                _ = Task.Run(() => WorkAsync(run), CancellationToken.None);
            }
        }

        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            using (ct.Register(() => cancelled.TrySetResult(true)))
            {
                if (await Task.WhenAny(run.Done.Task, cancelled.Task).ConfigureAwait(false) != run.Done.Task)
                {
                    ct.ThrowIfCancellationRequested();
                }

                await run.Done.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            Leave(run);
        }
    }

    /// <summary>Cancels the present run, and the next one.</summary>
    public void Cancel()
    {
        Run?[] runs;
        lock (_lock)
        {
            runs = [_running, _next];
        }

        foreach (var run in runs)
        {
            run?.Cancellation.Cancel();
        }
    }

    private void Leave(Run run)
    {
        lock (_lock)
        {
            if (--run.Waiting > 0)
            {
                return;
            }

            _next = run == _next ? null : _next;
        }

        run.Cancellation.Cancel();
    }

    private async Task WorkAsync(Run? run)
    {
        while (run is not null)
        {
            Exception? failure = null;
            try
            {
                run.Cancellation.Token.ThrowIfCancellationRequested();
                await work(run.Cancellation.Token).ConfigureAwait(false);
            }
            catch (Exception caught)
            {
                failure = caught;
            }

            var done = run.Done;
            lock (_lock)
            {
                (run, _running, _next) = (_next, _next, null);
            }

            if (failure is null)
            {
                done.TrySetResult(true);
            }
            else
            {
                done.TrySetException(failure);
                // The exception is observed, because perhaps no call waits any more.
                _ = done.Task.Exception;
            }
        }
    }

    private sealed class Run
    {
        public int Waiting { get; set; }

        public CancellationTokenSource Cancellation { get; } = new();

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
