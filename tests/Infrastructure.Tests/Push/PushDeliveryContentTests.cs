using Fitnessify.Application.Notifications;
using Fitnessify.Application.Push;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tests.Notifications;
using Fitnessify.Infrastructure.Tests.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>These tests have their own database, because the messages of all users are claimed together.</summary>
public sealed class PushDeliveryContentTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Session _session = null!;
    private TaskDto _task = null!;
    private Guid _phone;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        await _server.SignInNewUserAsync();
        _session = _server.Caller.Session!;
        _phone = await _server.PutDeviceAsync();
        _task = await _server.CreateOverdueAsync();
        await _server.ScanAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Holds_the_device_the_settings_and_the_notification_as_they_are_now()
    {
        await _server.SendAsync(new SetNotificationSettingsCommand(false, true, "22:00", "07:30"));
        await _server.ChangeAsync(_session.OwnerId, account => account.ConfirmEmail(account.Email!));

        var content = await ContentAsync();

        Assert.That(content!.Device, Is.EqualTo((await DevicesAsync()).Single()).UsingPropertiesComparer());
        Assert.That(content.Settings, Is.EqualTo(new NotificationSettings(false, true, new(22, 0), new(7, 30))));
        Assert.That((content.Locale, content.TimeZone), Is.EqualTo(("en", "UTC")));
        Assert.That(
            content.Notification,
            Is.EqualTo((await _server.NotificationsAsync(_session.OwnerId)).Single()).UsingPropertiesComparer()
        );
        Assert.That(content.IsOpen, Is.True);
    }

    [Test]
    public async Task A_test_has_no_notification()
    {
        await _server.SendDueAsync();
        await _server.SendAsync(new TestDeviceCommand(_phone));

        var content = await ContentAsync();

        Assert.That((content!.Notification, content.IsOpen), Is.EqualTo(((Notification?)null, false)));
    }

    [TestCase("in progress", true)]
    [TestCase("renamed", true)]
    [TestCase("done", false)]
    [TestCase("deleted", false)]
    [TestCase("moved", false)]
    [TestCase("without a due", false)]
    [TestCase("read", false)]
    public async Task A_notification_is_open_while_it_is_unread_and_its_task_is_open_and_due_when_it_was(
        string change,
        bool isOpen
    )
    {
        // The message was claimed before, so that it is not deleted when the notification is read.
        var taken = await _server.TakeDueAsync();
        switch (change)
        {
            case "in progress":
                await _server.PatchAsync(_task.Id, Nothing with { Status = new(TaskItemStatus.InProgress) });
                break;
            case "renamed":
                await _server.PatchAsync(_task.Id, Title("Other"));
                break;
            case "done":
                await _server.PatchAsync(_task.Id, Nothing with { Status = new(TaskItemStatus.Done) });
                break;
            case "deleted":
                await _server.DeleteAsync(_task.Id);
                break;
            case "moved":
                await _server.PatchAsync(_task.Id, Nothing with { DueAt = new(_task.DueAt!.Value.AddMinutes(1)) });
                break;
            case "without a due":
                await _server.PatchAsync(_task.Id, Nothing with { DueAt = new(null) });
                break;
            default:
                // A session without a device reads it, so that the message becomes a dismissal.
                _server.Caller.Session = await _server.SignInAsync(_session.OwnerId);
                var notification = (await _server.NotificationsAsync(_session.OwnerId)).Single();
                await _server.SendAsync(new ReadNotificationCommand(notification.Id));
                break;
        }

        Assert.That((await _server.ContentsAsync(taken))[taken[0].Id].IsOpen, Is.EqualTo(isOpen));
    }

    [TestCase("device removed")]
    [TestCase("session revoked")]
    [TestCase("session expired")]
    [TestCase("account disabled")]
    [TestCase("account deleted")]
    public async Task There_is_none_for_a_device_that_may_not_be_notified_any_more(string change)
    {
        var taken = await _server.TakeDueAsync();
        switch (change)
        {
            case "device removed":
                await _server.SendAsync(new RemoveDeviceCommand(_phone));
                break;
            case "session revoked":
                await _server.SendAsync(new RevokeSessionCommand(_session.Id));
                break;
            case "session expired":
                _server.Clock.Advance(TimeSpan.FromDays(30));
                break;
            case "account disabled":
                await _server.ChangeAsync(_session.OwnerId, account => account.Disable(_server.Clock.Now()));
                break;
            default:
                await _server.ChangeAsync(_session.OwnerId, account => account.Delete(_server.Clock.Now()));
                break;
        }

        Assert.That(await _server.ContentsAsync(taken), Is.Empty);
    }

    [Test]
    public async Task The_contents_of_many_messages_are_read_together()
    {
        var other = await _server.SignUpAsync();
        await _server.PutDeviceAsync(await _server.SignInAsync(other.Id));
        await _server.NotifyAsync(other.Id, 40);
        _server.Clock.Advance(TimeSpan.FromSeconds(10));
        var taken = await _server.TakeDueAsync();
        var commands = _server.Commands.Listen();

        var contents = await _server.ContentsAsync(taken);

        Assert.That(commands, Has.Count.EqualTo(1));
        Assert.That(contents.Keys, Is.EquivalentTo(taken.Select(message => message.Id)).And.Exactly(41).Items);
        Assert.That(
            taken.Select(message => (contents[message.Id].Device.Id, contents[message.Id].Notification!.Id)),
            Is.EqualTo(taken.Select(message => (message.DeviceId, message.MessageId)))
        );
    }

    private async Task<PushContent?> ContentAsync()
    {
        var taken = await _server.TakeDueAsync();
        return (await _server.ContentsAsync(taken)).GetValueOrDefault(taken.Single().Id);
    }

    private Task<List<Device>> DevicesAsync() => _server.DevicesAsync(_session.OwnerId);
}
