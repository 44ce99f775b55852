using Fitnessify.Application.Tasks;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Telemetry;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>These tests have their own database, because the lag is that of all users.</summary>
public sealed class NotificationMetricsTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private ServerMetrics _metrics = null!;
    private NotificationMetrics _gauge = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _metrics = new ServerMetrics(_server.Clock);
        _gauge = new NotificationMetrics(_server.Get<IServiceScopeFactory>(), _metrics, _server.Clock);
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
    public async Task The_lag_is_the_time_for_which_the_longest_waiting_alert_of_all_users_has_waited()
    {
        // The reminder is an hour before the due.
        await _server.CreateAsync(new TaskInput("Run", DueAt: After(minutes: 90), Reminders: [60]));
        await _server.SignInNewUserAsync();
        await _server.CreateAsync(new TaskInput("Swim", DueAt: After(minutes: 40)));
        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.Zero));

        _server.Clock.Advance(TimeSpan.FromMinutes(45));
        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.FromMinutes(15)));

        await _server.ScanAsync();
        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task The_tasks_of_a_deleted_account_do_not_wait()
    {
        await _server.CreateAsync(new TaskInput("Run", DueAt: After(minutes: -30)));
        var deleted = await _server.SignInNewUserAsync();
        await _server.CreateAsync(new TaskInput("Swim", DueAt: After(minutes: -60)));

        await _server.ChangeAsync(deleted, account => account.Delete(_server.Clock.GetUtcNow()));

        Assert.That(await MeasureAsync(), Is.EqualTo(TimeSpan.FromMinutes(30)));
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

    private DateTimeOffset After(int minutes) => _server.Clock.GetUtcNow().AddMinutes(minutes);

    private async Task<TimeSpan?> MeasureAsync()
    {
        await _gauge.MeasureAsync(default);
        return _metrics.NotificationLag;
    }
}
