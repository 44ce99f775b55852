using Fitnessify.Application.Notifications;
using Fitnessify.Application.Push;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Tests.Notifications;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>
/// The user has a phone, on which notifications are dealt with, and a laptop that is told. These tests have their own database,
/// because the messages of all users are claimed together.
/// </summary>
public sealed class PushDeliveryDismissalTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Session _session = null!;
    private Guid _phone;
    private Guid _laptop;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        await _server.SignInNewUserAsync();
        _session = _server.Caller.Session!;
        _phone = await _server.PutDeviceAsync();
        _laptop = await _server.PutDeviceAsync(await _server.SignInAsync(_session.OwnerId));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("read")]
    [TestCase("read all")]
    [TestCase("complete")]
    [TestCase("snooze")]
    public async Task What_was_shown_is_taken_back_at_once_from_the_other_devices_and_only_there(string act)
    {
        var notification = await AlertAsync();
        await _server.SendDueAsync();
        _server.Clock.Advance(TimeSpan.FromHours(30));

        await ActAsync(act, notification.Id);

        var row = (await MessagesAsync()).Single();
        Assert.That((row.DeviceId, row.MessageId), Is.EqualTo((_laptop, notification.Id)));
        Assert.That((row.Kind, row.CreatedAt), Is.EqualTo((PushKind.Dismissal, _server.Clock.Now())));
        Assert.That((row.Attempts, row.SentAt), Is.EqualTo((0, (DateTimeOffset?)null)));
        Assert.That((await _server.SendDueAsync()).Select(sent => sent.Id), Is.EqualTo([row.Id]));
        Assert.That(await MessagesAsync(), Is.Empty);
    }

    [TestCase("read")]
    [TestCase("read all")]
    [TestCase("complete")]
    [TestCase("snooze")]
    public async Task What_was_not_sent_vanishes(string act)
    {
        var notification = await AlertAsync();

        await ActAsync(act, notification.Id);

        Assert.That(await MessagesAsync(), Is.Empty);
    }

    [TestCase("read")]
    [TestCase("read all")]
    [TestCase("complete")]
    [TestCase("snooze")]
    public async Task A_notification_that_was_dealt_with_before_is_not_taken_back_again(string act)
    {
        var notification = await AlertAsync();
        await _server.SendDueAsync();
        await ActAsync("read", notification.Id);
        await _server.SendDueAsync();

        await ActAsync(act, notification.Id);

        Assert.That(await MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_dismissal_that_waits_keeps_its_time_when_the_notification_is_read_again()
    {
        var notification = await AlertAsync();
        await _server.SendDueAsync();
        await ActAsync("read", notification.Id);
        var before = (await MessagesAsync()).Single();
        _server.Clock.Advance(TimeSpan.FromHours(1));

        await ActAsync("snooze", notification.Id);

        Assert.That((await MessagesAsync()).Single(), Is.EqualTo(before).UsingPropertiesComparer());
    }

    [TestCase("sent")]
    [TestCase("failed")]
    [TestCase("dropped")]
    [TestCase("unknown")]
    public async Task A_message_that_was_on_its_way_is_taken_back_when_its_attempt_has_ended(string outcome)
    {
        var notification = await AlertAsync();
        var taken = await _server.TakeDueAsync();
        await ActAsync("read", notification.Id);
        Assert.That(await _server.TakeDueAsync(), Is.Empty, "The device would be told before it is notified.");

        var message = taken.Single(of => of.DeviceId == _laptop);
        switch (outcome)
        {
            case "sent":
                message.Sent(_server.Clock.Now());
                await _server.StoreAsync(taken);
                break;
            case "failed":
                message.Failed(TimeSpan.FromHours(1), _server.Clock.Now());
                await _server.StoreAsync(taken);
                break;
            case "dropped":
                message.Drop();
                await _server.StoreAsync(taken);
                break;
            default:
                _server.Clock.Advance(DeviceRequests.Lease);
                break;
        }

        var due = (await _server.TakeDueAsync()).Single();
        Assert.That(
            (due.Id, due.Kind, due.DeviceId, due.SentAt),
            Is.EqualTo((message.Id, PushKind.Dismissal, _laptop, (DateTimeOffset?)null))
        );
    }

    [Test]
    public async Task A_message_that_has_failed_once_may_have_arrived_and_is_taken_back()
    {
        var notification = await AlertAsync();
        foreach (var taken in await _server.TakeDueAsync())
        {
            taken.Failed(null, _server.Clock.Now());
            await _server.StoreAsync(taken);
        }

        await ActAsync("read", notification.Id);

        var row = (await MessagesAsync()).Single();
        Assert.That((row.DeviceId, row.Kind), Is.EqualTo((_laptop, PushKind.Dismissal)));
        Assert.That(row.NextAttemptAt, Is.EqualTo(_server.Clock.Now().AddSeconds(10)));
    }

    [Test]
    public async Task Reading_all_up_to_one_takes_back_what_was_shown_until_then_and_drops_what_was_not_sent()
    {
        var shown = await _server.NotifyAsync(_session.OwnerId, 3);
        await _server.SendDueAsync();
        var waiting = await _server.NotifyAsync(_session.OwnerId, 2);

        await _server.SendAsync(new ReadAllNotificationsCommand(waiting[0].Id));

        var rows = (await MessagesAsync()).Select(row => (row.DeviceId, row.MessageId, row.Kind));
        Assert.That(
            rows,
            Is.EquivalentTo([
                .. shown.Select(of => (_laptop, of.Id, PushKind.Dismissal)),
                (_laptop, waiting[1].Id, PushKind.Notification),
                (_phone, waiting[1].Id, PushKind.Notification),
            ])
        );
    }

    [Test]
    public async Task Many_notifications_are_taken_back_in_batches()
    {
        for (var i = 0; i < 6; i++)
        {
            await _server.NotifyAsync(_session.OwnerId, 100);
            _server.Clock.Advance(TimeSpan.FromMinutes(1));
            await _server.SendDueAsync();
        }

        await _server.SendAsync(new ReadAllNotificationsCommand());

        Assert.That(
            (await MessagesAsync()).CountBy(row => (row.DeviceId, row.Kind)),
            Is.EqualTo([KeyValuePair.Create((_laptop, PushKind.Dismissal), 600)])
        );
    }

    [Test]
    public async Task Tests_and_the_messages_of_other_users_and_notifications_stay()
    {
        var notification = await AlertAsync();
        var kept = await _server.NotifyAsync(_session.OwnerId);
        await _server.SendAsync(new TestDeviceCommand(_laptop));
        var other = await _server.SignInNewUserAsync();
        await _server.PutDeviceAsync();
        await _server.NotifyAsync(other);
        await _server.SendDueAsync();
        _server.Caller.Session = _session;
        await _server.SendAsync(new TestDeviceCommand(_laptop));

        await ActAsync("read", notification.Id);

        Assert.That(
            (await MessagesAsync()).Select(row => (row.DeviceId, row.Kind, row.MessageId == kept[0].Id)),
            Is.EquivalentTo([
                (_laptop, PushKind.Dismissal, false),
                (_laptop, PushKind.Test, false),
                (_laptop, PushKind.Notification, true),
                (_phone, PushKind.Notification, true),
            ])
        );
        Assert.That((await _server.MessagesAsync(other)).Single().Kind, Is.EqualTo(PushKind.Notification));
    }

    private Task<List<PushDelivery>> MessagesAsync() => _server.MessagesAsync(_session.OwnerId);

    private async Task<Notification> AlertAsync()
    {
        await _server.CreateOverdueAsync();
        await _server.ScanAsync();
        return (await _server.NotificationsAsync(_session.OwnerId)).Single();
    }

    private async Task ActAsync(string act, Guid id)
    {
        var error = act switch
        {
            "read" => (await _server.SendAsync(new ReadNotificationCommand(id))).Error,
            "read all" => (await _server.SendAsync(new ReadAllNotificationsCommand())).Error,
            "complete" => (await _server.SendAsync(new CompleteNotificationCommand(id))).Error,
            _ => (await _server.SendAsync(new SnoozeNotificationCommand(id, new SnoozeInput(10)))).Error,
        };
        Assert.That(error, Is.Null);
    }
}
