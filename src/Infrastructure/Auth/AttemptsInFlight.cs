namespace Fitnessify.Infrastructure.Auth;

/// <summary>
/// The sign-in attempts of this instance whose outcome is open. They count as failures until it is known, or parallel
/// guesses would overrun the limit; but nobody is refused for them alone, or parallel sign-ins with the right password
/// would be.
/// </summary>
internal sealed class AttemptsInFlight
{
    private const int Stripes = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Open> _byKey = [];
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn to take an attempt of this key: so what one finds is complete. Dispose to end the turn.</summary>
    public async Task<IDisposable> EnterAsync(byte[] key, CancellationToken cancellationToken)
    {
        var turn = _turns[key[0] % Stripes];
        await turn.WaitAsync(cancellationToken);
        return new Ending(() => turn.Release());
    }

    /// <summary>An attempt has been taken. Dispose when its outcome is stored.</summary>
    public IDisposable Begin(byte[] key)
    {
        var name = Convert.ToHexString(key);
        lock (_lock)
        {
            if (!_byKey.TryGetValue(name, out var open))
            {
                _byKey[name] = open = new Open();
            }

            open.Count++;
            return new Ending(() => End(name, open));
        }
    }

    /// <summary>Completes when the next outcome of this key is known; null when all open attempts are the caller's own.</summary>
    public Task? NextOutcome(byte[] key, int own)
    {
        lock (_lock)
        {
            return _byKey.GetValueOrDefault(Convert.ToHexString(key)) is { } open && open.Count > own
                ? open.Ended.Task
                : null;
        }
    }

    private void End(string name, Open open)
    {
        lock (_lock)
        {
            if (--open.Count == 0)
            {
                _byKey.Remove(name);
            }

            open.Ended.SetResult();
            open.Ended = Open.NewEnd();
        }
    }

    private sealed class Open
    {
        public int Count { get; set; }

        public TaskCompletionSource Ended { get; set; } = NewEnd();

        public static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
