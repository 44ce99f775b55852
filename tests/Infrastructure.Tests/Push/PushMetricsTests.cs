using Fitnessify.Application.Push;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Telemetry;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>These tests have their own database, because the lag is that of all users.</summary>
public sealed class PushMetricsTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private ServerMetrics _metrics = null!;
    private PushMetrics _gauge = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _metrics = new ServerMetrics(_server.Clock);
        _gauge = new PushMetrics(_server.Get<IServiceScopeFactory>(), _metrics, _server.Clock);
        await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _gauge.Dispose();
        _metrics.Dispose();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task The_lag_is_the_time_for_which_the_longest_due_message_of_all_users_has_been_due()
    {
        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.Zero));
        await _server.PutDeviceAsync();
        await _server.NotifyAsync(_server.Caller.Session!.OwnerId);
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        await _server.SignInNewUserAsync();
        var phone = await _server.PutDeviceAsync();
        await _server.SendAsync(new TestDeviceCommand(phone));
        _server.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Messages_that_are_on_their_way_or_wait_for_a_later_time_or_were_sent_are_not_late()
    {
        await _server.PutDeviceAsync();
        await _server.NotifyAsync(_server.Caller.Session!.OwnerId, 3);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        var taken = await _server.TakeDueAsync();
        taken[0].Sent(_server.Clock.Now());
        taken[1].Postpone(_server.Clock.Now().AddHours(8));
        await _server.StoreAsync(taken[0], taken[1]);
        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.Zero));

        _server.Clock.Advance(DeviceRequests.Lease + TimeSpan.FromSeconds(5));
        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.FromSeconds(5)), "One was claimed and never stored.");
    }

    [Test]
    public async Task The_longest_due_message_is_the_first_of_an_index()
    {
        if (TestDatabase.Provider != DatabaseProvider.Sqlite)
        {
            Assert.Ignore("Only SQLite shows its query plans here.");
        }

        List<string> plan = [];
        _server.Commands.Before = async command => plan.AddRange(await Commands.ExplainAsync(command));

        await MeasureAsync();

        Assert.That(plan, Is.EqualTo(["SEARCH p USING INDEX IX_PushDeliveries_NextAttemptAt_Kind (NextAttemptAt<?)"]));
    }

    [Test]
    public async Task The_lag_is_unknown_while_the_database_does_not_answer()
    {
        Assert.That(await MeasureAsync(), Is.Not.Null);
        _server.Commands.Before = _ => throw new SqliteException("disk I/O error", 10);
        Assert.That(await MeasureAsync(), Is.Null);
        _server.Commands.Before = null;
        Assert.That(await MeasureAsync(), Is.Not.Null);
    }

    private async Task<TimeSpan?> MeasureAsync()
    {
        await _gauge.MeasureAsync(default);
        return _metrics.PushLag;
    }
}
