using System.Collections.Concurrent;

namespace Fitnessify.Chaos;

/// <summary>Somebody who acts without a pause or at a pace, as one account after the other.</summary>
internal sealed class Worker(Caller caller, Tally tally, Random random, ConcurrentBag<Account> retired)
{
    private const int WritesOfAnAccount = 150;

    private Account _account = new();

    /// <summary>Acts until a request has no answer.</summary>
    /// <param name="pause">The longest between two requests.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    public async Task ActAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (_account.Writes >= WritesOfAnAccount)
                {
                    retired.Add(_account);
                    _account = new Account();
                }

                await new Acts(_account, caller, tally, random).NextAsync();
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause * random.NextDouble(), cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or TaskCanceledException)
        {
            // Whoever called compares.
        }
    }

    /// <summary>Compares, again and again while requests have no answer.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        for (var isDone = false; !isDone; )
        {
            await caller.UntilReadyAsync(cancellationToken);
            isDone = await TryCompareAsync(_account, isRecent: true);
        }
    }

    /// <summary>One of those that do nothing any more.</summary>
    /// <returns>False when it broke off.</returns>
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
            tally.Contradict(exception.Message);
            return true;
        }
    }
}
