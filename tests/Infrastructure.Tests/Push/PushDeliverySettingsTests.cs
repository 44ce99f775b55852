using Fitnessify.Application.Accounts;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Push;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>
/// The settings of a user change while messages wait or are claimed. These tests have their own database, because the messages
/// of all users are claimed together.
/// </summary>
public sealed class PushDeliverySettingsTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _owner = await _server.SignInNewUserAsync();
        await _server.PutDeviceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task New_settings_make_what_waits_due_but_not_what_may_be_on_its_way()
    {
        var other = await _server.SignUpAsync();
        await _server.PutDeviceAsync(await _server.SignInAsync(other.Id));
        await _server.NotifyAsync(other.Id);
        await _server.NotifyAsync(_owner, 2);
        foreach (var message in await _server.TakeDueAsync())
        {
            message.Postpone(_server.Clock.Now().AddHours(8));
            await _server.StoreAsync(message);
        }

        var sending = (await _server.NotifyAsync(_owner)).Single();
        await _server.TakeDueAsync();

        await _server.SendAsync(new SetNotificationSettingsCommand(false, true));

        var due = await _server.TakeDueAsync();
        Assert.That(due.Select(message => message.OwnerId), Is.EqualTo([_owner, _owner]));
        Assert.That(due.Select(message => message.MessageId), Has.None.EqualTo(sending.Id));
    }

    [Test]
    public async Task A_message_that_outdated_settings_postpone_is_due_at_once()
    {
        await _server.NotifyAsync(_owner);
        var claimed = (await _server.TakeDueAsync()).Single();
        await _server.SendAsync(new SetNotificationSettingsCommand(false, true));
        claimed.Postpone(_server.Clock.Now().AddHours(8));

        await _server.StoreAsync(claimed);

        var row = (await _server.MessagesAsync(_owner)).Single();
        Assert.That((row.NextAttemptAt, row.Attempts), Is.EqualTo((_server.Clock.Now(), 0)));
    }

    [Test]
    public async Task New_quiet_hours_count_even_when_they_are_set_while_a_message_is_being_postponed()
    {
        var now = TimeOnly.FromDateTime(_server.Clock.Now().UtcDateTime);
        await SetQuietHoursAsync(3);
        await _server.CreateOverdueAsync();
        await _server.ScanAsync();
        _server.Commands.OnceAfter(command => Commands.Names(command, "Devices"), () => SetQuietHoursAsync(1));

        await _server.SendAsync(new SendPushesCommand());

        var wait = (await _server.MessagesAsync(_owner)).Single().NextAttemptAt - _server.Clock.Now();
        Assert.That(wait, Is.EqualTo(TimeSpan.FromHours(1)).Within(TimeSpan.FromMinutes(1)));

        Task SetQuietHoursAsync(int hours) =>
            _server.SendAsync(
                new SetNotificationSettingsCommand(
                    false,
                    true,
                    $"{now.AddHours(-1):HH:mm}",
                    $"{now.AddHours(hours):HH:mm}"
                )
            );
    }

    // The time of a change is that of its request, which may have waited for others, or of a clock that differs.
    [TestCase(-5)]
    [TestCase(0)]
    [TestCase(5)]
    public async Task New_settings_leave_a_message_to_the_instance_that_has_claimed_it(int seconds)
    {
        await using var other = _database.Start();
        other.Caller.Session = _server.Caller.Session;
        _server.Clock.Advance(TimeSpan.FromSeconds(10));
        other.Clock.Advance(TimeSpan.FromSeconds(10 + seconds));
        await _server.NotifyAsync(_owner);
        var claimed = (await _server.TakeDueAsync()).Single();

        await other.SendAsync(new SetNotificationSettingsCommand(false, true));
        // A second change must not take the time of the first one for a postponement.
        await other.SendAsync(new SetNotificationSettingsCommand(true, true));

        Assert.That(await _server.TakeDueAsync(), Is.Empty);
        _server.Clock.Advance(DeviceRequests.Lease - TimeSpan.FromMilliseconds(1));
        Assert.That(await _server.TakeDueAsync(), Is.Empty);
        // It is gone.
        _server.Clock.Advance(2 * DeviceRequests.Lease);
        Assert.That((await _server.TakeDueAsync()).Select(message => message.Id), Is.EqualTo([claimed.Id]));
    }

    [Test]
    public async Task The_outcome_of_an_attempt_is_stored_although_the_settings_have_changed_since_the_claim()
    {
        await _server.NotifyAsync(_owner, 3);
        var claimed = await _server.TakeDueAsync();
        var now = _server.Clock.Now();
        await _server.SendAsync(new SetNotificationSettingsCommand(false, true));
        claimed[0].Sent(now);
        claimed[1].Failed(TimeSpan.FromHours(1), now);
        claimed[2].Drop();

        await _server.StoreAsync(claimed);

        var rows = (await _server.MessagesAsync(_owner)).ToDictionary(row => row.Id);
        Assert.That(rows.Keys, Is.EquivalentTo([claimed[0].Id, claimed[1].Id]));
        Assert.That(rows[claimed[0].Id].SentAt, Is.EqualTo(now));
        var failed = rows[claimed[1].Id];
        Assert.That((failed.NextAttemptAt, failed.Attempts), Is.EqualTo((now.AddHours(1), 1)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_instance_that_is_slower_than_its_lease_postpones_nothing_that_another_has_claimed(
        bool isChanged
    )
    {
        await _server.NotifyAsync(_owner);
        var slow = (await _server.TakeDueAsync()).Single();
        if (isChanged)
        {
            await _server.SendAsync(new SetNotificationSettingsCommand(false, true));
        }

        _server.Clock.Advance(3 * DeviceRequests.Lease);
        await _server.TakeDueAsync();
        var claimed = (await _server.MessagesAsync(_owner)).Single();
        slow.Postpone(_server.Clock.Now().AddHours(8));

        await _server.StoreAsync(slow);

        Assert.That((await _server.MessagesAsync(_owner)).Single(), Is.EqualTo(claimed).UsingPropertiesComparer());
    }

    [Test]
    public async Task New_settings_concern_no_dismissal()
    {
        var shown = (await _server.NotifyAsync(_owner)).Single();
        await _server.SendDueAsync();
        await _server.UseAsync(
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<IPushDeliveries>().Dismiss(shown, Guid.NewGuid(), _server.Clock.Now());
                return await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
            }
        );
        var waiting = (await _server.TakeDueAsync()).Single();
        waiting.Failed(TimeSpan.FromHours(1), _server.Clock.Now());
        await _server.StoreAsync(waiting);
        var before = (await _server.MessagesAsync(_owner)).Single();

        await _server.SendAsync(new SetNotificationSettingsCommand(false, true));

        Assert.That((await _server.MessagesAsync(_owner)).Single(), Is.EqualTo(before).UsingPropertiesComparer());
    }

    [Test]
    public async Task Another_time_zone_makes_what_waits_for_the_end_of_the_quiet_hours_due()
    {
        await _server.NotifyAsync(_owner);
        var waiting = (await _server.TakeDueAsync()).Single();
        waiting.Postpone(_server.Clock.Now().AddHours(8));
        await _server.StoreAsync(waiting);

        var changed = await _server.SendAsync(new UpdateMeCommand(default, TimeZone: new("Asia/Tokyo")));

        Assert.That(changed.Error, Is.Null);
        Assert.That((await _server.TakeDueAsync()).Select(message => message.Id), Is.EqualTo([waiting.Id]));
    }
}
