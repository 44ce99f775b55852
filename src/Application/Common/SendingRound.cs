using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Common;

/// <summary>
/// A round of a job that sends what is due. It takes more whenever there is room, and stores outcomes as they arrive. It ends when
/// nothing is due and nothing is on its way, or <see cref="Length"/> after its beginning, when it only waits for what is on its
/// way: a job that never ends looks like one that hangs, and tells only at its end what has failed. What is due then is sent by
/// the next round, which the schedule begins within seconds.
/// </summary>
/// <param name="atATime">So many attempts are on their way at the same time.</param>
/// <param name="byDestination">So many of them go to one destination, so that one that does not answer leaves room for the others.</param>
/// <param name="pace">The pause after more was taken, in which outcomes that arrive are gathered and stored together.</param>
/// <param name="clock">The clock.</param>
/// <typeparam name="T">What an attempt returns.</typeparam>
internal sealed class SendingRound<T>(int atATime, int byDestination, TimeSpan pace, TimeProvider clock)
{
    /// <summary>The time after which a round begins to end.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    // While nothing is due, the slow ones are waited for; what becomes due meanwhile does not wait for them longer than this.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _begunAt = clock.Now();
    private readonly List<Outgoing> _sending = [];

    /// <summary>How many more attempts may begin.</summary>
    /// <remarks>Attempts that are slow must not hold up others, so that more may begin until the last slow one is over.</remarks>
    public int Room => IsEnding && !_sending.Exists(IsSlow) ? 0 : atATime - _sending.Count;

    private bool IsEnding => clock.Now() - _begunAt >= Length;

    /// <summary>Whether one more attempt may go to the destination. A slow one gets no more while the round ends, or it would never end.</summary>
    public bool HasRoomFor(string destination) =>
        _sending.Count(attempt => attempt.Destination == destination) < byDestination
        && !(IsEnding && IsSlow(destination));

    /// <summary>Whether the destination takes longer than usual to answer.</summary>
    public bool IsSlow(string destination) =>
        _sending.Exists(attempt => attempt.Destination == destination && IsSlow(attempt));

    /// <summary>Adds an attempt that has begun.</summary>
    public void Add(string destination, Task<T> attempt) => _sending.Add(new(destination, attempt, clock.Now()));

    /// <summary>Runs the round. An exception of an attempt ends it, after all outcomes have been stored.</summary>
    /// <param name="take">Takes what is due while there is room, adds it, and returns how much was taken.</param>
    /// <param name="store">Stores the outcomes of attempts that have ended; those that were canceled or failed have none.</param>
    public async Task RunAsync(
        Func<Task<int>> take,
        Func<IReadOnlyList<Task<T>>, Task> store,
        CancellationToken cancellationToken
    )
    {
        try
        {
            bool isBusy;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                var taken = Room > 0 ? await take() : 0;
                await WaitAsync(hasMore: taken > 0, cancellationToken);
                var ended = _sending.FindAll(attempt => attempt.Task.IsCompleted);
                _sending.RemoveAll(ended.Contains);
                await store(TasksOf(ended));
                // An attempt fails like this only when the server stops, or because of a bug.
                await Task.WhenAll(TasksOf(ended));
                isBusy = taken + ended.Count + _sending.Count > 0;
            } while (isBusy);
        }
        finally
        {
            // What is on its way while the work ends may still arrive.
            await Task.WhenAny(Task.WhenAll(TasksOf(_sending)));
            await store(TasksOf(_sending));
        }
    }

    private async Task WaitAsync(bool hasMore, CancellationToken cancellationToken)
    {
        if (_sending.Count == 0)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await (
            hasMore
                ? Task.WhenAny(Task.Delay(pace, clock, stop.Token))
                : Task.WhenAny(Task.WhenAny(TasksOf(_sending)), Task.Delay(Pause, clock, stop.Token))
        );
        await stop.CancelAsync();
    }

    private bool IsSlow(Outgoing attempt) => clock.Now() - attempt.BegunAt >= Pause;

    private static List<Task<T>> TasksOf(List<Outgoing> attempts) => attempts.ConvertAll(attempt => attempt.Task);

    private sealed record Outgoing(string Destination, Task<T> Task, DateTimeOffset BegunAt);
}
