using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqliteWriteGateTests
{
    private readonly string _file = $"Data Source={Guid.NewGuid()}.db";

    [Test]
    public async Task Whose_turn_does_not_come_in_time_is_an_outage_and_takes_nobody_elses()
    {
        var turn = await EnterAsync(TimeSpan.Zero);

        var failure = Assert.CatchAsync(() => EnterAsync(TimeSpan.Zero));
        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);

        turn.Dispose();
        (await EnterAsync(TimeSpan.Zero)).Dispose();
    }

    [Test]
    public async Task Who_went_away_while_waiting_takes_no_turn()
    {
        using var caller = new CancellationTokenSource();
        var turn = await EnterAsync(TimeSpan.Zero);
        var waiting = SqliteWriteGate.EnterAsync(_file, Timeout.InfiniteTimeSpan, caller.Token);
        await caller.CancelAsync();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        turn.Dispose();
        (await EnterAsync(TimeSpan.Zero)).Dispose();
    }

    private Task<IDisposable> EnterAsync(TimeSpan patience) => SqliteWriteGate.EnterAsync(_file, patience, default);
}
