using System.Collections.Concurrent;

namespace Fitnessify.Chaos;

/// <summary>A worker sends requests as one account after the other.</summary>
internal sealed class Worker(Caller caller, Tally tally, Random random, ConcurrentBag<Account> retired)
{
    private const int MaxWritesPerAccount = 150;

    private Account _account = new();

    /// <summary>The worker sends requests until one has no response or the token is cancelled.</summary>
    /// <param name="maxPause">The worker waits a random time up to this limit between two requests.</param>
    public async Task RunAsync(TimeSpan maxPause, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (_account.Writes >= MaxWritesPerAccount)
                {
                    retired.Add(_account);
                    _account = new Account();
                }

                await new Acts(_account, caller, tally, random).NextAsync();
                if (maxPause > TimeSpan.Zero)
                {
                    await Task.Delay(maxPause * random.NextDouble(), cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or TaskCanceledException)
        {
            // The comparison that follows finds out whether the last request was executed.
        }
    }

    /// <summary>The comparison is repeated until all of its requests have a response.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        for (var isDone = false; !isDone; )
        {
            await caller.UntilReadyAsync(cancellationToken);
            isDone = await TryCompareAsync(_account, isRecent: true);
        }
    }

    /// <summary>The account is no longer in use. The result is false when a request of the comparison has no response.</summary>
    public Task<bool> CompareAsync(Account account) => TryCompareAsync(account, isRecent: false);

    private async Task<bool> TryCompareAsync(Account account, bool isRecent)
    {
        try
        {
            await new Comparison(account, caller, tally).CompareAsync(isRecent);
            return true;
        }
        catch (OutcomeUnknownException)
        {
            return false;
        }
        catch (InvalidOperationException exception)
        {
            tally.RecordWrong(exception.Message);
            return true;
        }
    }
}
