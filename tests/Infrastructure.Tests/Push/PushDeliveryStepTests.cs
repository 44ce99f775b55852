using System.Data.Common;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class PushDeliveryStepTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();
    private Guid _owner;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser() => _owner = await _server.SignInNewUserAsync();

    [Test]
    public async Task Every_live_device_of_the_owner_gets_a_message_for_each_notification()
    {
        var phone = await _server.PutDeviceAsync();
        var laptop = await _server.PutDeviceAsync(await _server.SignInAsync(_owner));

        var notifications = await _server.NotifyAsync(_owner, 2);

        Assert.That(
            (await _server.MessagesAsync(_owner)).Select(message =>
                (message.DeviceId, message.MessageId, message.Kind, message.CreatedAt, message.NextAttemptAt)
            ),
            Is.EquivalentTo(
                from device in (Guid[])[phone, laptop]
                from notification in notifications
                let at = notification.CreatedAt
                select (device, notification.Id, PushKind.Notification, at, at)
            )
        );
    }

    [Test]
    public async Task Devices_of_other_users_and_of_ended_sessions_get_none()
    {
        var asking = _server.Caller.Session!;
        await _server.PutDeviceAsync(asking);
        _server.Clock.Advance(TimeSpan.FromDays(29));
        var (revoked, live) = (await _server.SignInAsync(_owner), await _server.SignInAsync(_owner));
        await _server.PutDeviceAsync(revoked);
        var phone = await _server.PutDeviceAsync(live);
        _server.Caller.Session = live;
        await _server.SendAsync(new RevokeSessionCommand(revoked.Id));
        // The first session was not used for thirty days.
        _server.Clock.Advance(TimeSpan.FromDays(1));
        var other = await _server.SignInNewUserAsync();
        await _server.PutDeviceAsync();

        await _server.NotifyAsync(_owner);

        Assert.That((await _server.MessagesAsync(_owner)).Select(message => message.DeviceId), Is.EqualTo([phone]));
        Assert.That(await _server.MessagesAsync(other), Is.Empty);
    }

    [Test]
    public async Task A_user_who_wants_no_push_gets_none_until_it_is_on_again()
    {
        await _server.PutDeviceAsync();
        await SetAsync(push: false);
        await _server.NotifyAsync(_owner);
        Assert.That(await _server.MessagesAsync(_owner), Is.Empty);

        await SetAsync(push: true);
        var notification = (await _server.NotifyAsync(_owner)).Single();

        Assert.That(
            (await _server.MessagesAsync(_owner)).Select(message => message.MessageId),
            Is.EqualTo([notification.Id])
        );
    }

    [Test]
    public async Task The_notifications_of_two_users_in_one_save_go_to_their_own_devices()
    {
        var phone = await _server.PutDeviceAsync();
        var other = await _server.SignInNewUserAsync();
        var laptop = await _server.PutDeviceAsync();
        var now = _server.Clock.Now();

        await _server.SaveAsync(context =>
            context.AddRange(Overdue.Notification(_owner, "Run", now), Overdue.Notification(other, "Swim", now))
        );

        Assert.That((await _server.MessagesAsync(_owner)).Select(message => message.DeviceId), Is.EqualTo([phone]));
        Assert.That((await _server.MessagesAsync(other)).Select(message => message.DeviceId), Is.EqualTo([laptop]));
    }

    [Test]
    public async Task Only_so_many_notifications_wait_for_a_device_and_they_are_due_ten_a_second()
    {
        await _server.PutDeviceAsync();
        await _server.NotifyAsync(_owner, 70);
        var tablet = await _server.PutDeviceAsync();

        await _server.NotifyAsync(_owner, 70);

        var now = _server.Clock.Now();
        var messages = (await _server.MessagesAsync(_owner)).ToLookup(message => message.DeviceId == tablet);
        Assert.That(messages[false].Count(), Is.EqualTo(PushDelivery.MaxWaiting));
        Assert.That(
            messages[true].CountBy(message => message.NextAttemptAt - now),
            Is.EquivalentTo(
                Enumerable.Range(0, 7).Select(second => KeyValuePair.Create(TimeSpan.FromSeconds(second), 10))
            )
        );
    }

    [Test]
    public async Task Neither_sent_messages_nor_those_that_take_notifications_back_keep_the_next_one_away()
    {
        await _server.PutDeviceAsync();
        await _server.NotifyAsync(_owner, PushDelivery.MaxWaiting);
        await MarkSentAsync();
        // A session without a device has read them.
        _server.Caller.Session = await _server.SignInAsync(_owner);
        await _server.SendAsync(new ReadAllNotificationsCommand());
        await _server.NotifyAsync(_owner, PushDelivery.MaxWaiting);
        await MarkSentAsync();

        var notification = (await _server.NotifyAsync(_owner)).Single();

        var messages = await _server.MessagesAsync(_owner);
        Assert.That(
            messages.CountBy(message => (message.Kind, message.SentAt is null)),
            Is.EquivalentTo([
                KeyValuePair.Create((PushKind.Dismissal, true), PushDelivery.MaxWaiting),
                KeyValuePair.Create((PushKind.Notification, false), PushDelivery.MaxWaiting),
                KeyValuePair.Create((PushKind.Notification, true), 1),
            ])
        );
        Assert.That(messages.Select(message => message.MessageId), Has.One.EqualTo(notification.Id));
    }

    [Test]
    public async Task A_failed_save_leaves_neither_notifications_nor_messages()
    {
        await _server.PutDeviceAsync();

        Assert.That(
            () =>
                SaveNotificationAsync(
                    _server,
                    (_, unitOfWork) => unitOfWork.Add(_ => throw new InvalidOperationException("after the entities"))
                ),
            Throws.InvalidOperationException
        );

        Assert.That(await _server.NotificationsAsync(_owner), Is.Empty);
        Assert.That(await _server.MessagesAsync(_owner), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_save_that_is_repeated_adds_each_message_once_and_none_for_a_device_that_has_gone_since(
        bool hasGone
    )
    {
        await using var database = await TestDatabase.MigratedSqliteAsync();
        await using var server = database.Start(services =>
            services.ConfigureDbContext<SqliteDbContext>(context =>
                new SqliteDbContextOptionsBuilder(context).ExecutionStrategy(dependencies => new Retrying(dependencies))
            )
        );
        var owner = await server.SignInNewUserAsync();
        var (phone, tablet) = (await server.PutDeviceAsync(), await server.PutDeviceAsync());
        var runs = 0;
        server.Commands.OnceBefore(command => Commands.Inserts(command, "PushDeliveries"), () => throw new Deadlock());

        await SaveNotificationAsync(
            server,
            (context, unitOfWork) =>
                unitOfWork.Add(
                    new FirstStep(() =>
                        ++runs == 2 && hasGone
                            ? context.Devices.Where(device => device.Id == tablet).ExecuteDeleteAsync()
                            : Task.CompletedTask
                    )
                )
        );

        Assert.That(runs, Is.EqualTo(2));
        Assert.That(await server.NotificationsAsync(owner), Has.Count.EqualTo(1));
        Assert.That(
            (await server.MessagesAsync(owner)).Select(message => message.DeviceId),
            Is.EquivalentTo(hasGone ? [phone] : (Guid[])[phone, tablet])
        );

        Assert.That((await server.NotifyAsync(owner)).Count, Is.EqualTo(1), "The next save begins anew.");
        Assert.That(await server.MessagesAsync(owner), Has.Count.EqualTo(hasGone ? 2 : 4));
    }

    private async Task SetAsync(bool push) =>
        Assert.That((await _server.SendAsync(new SetNotificationSettingsCommand(false, push))).Error, Is.Null);

    /// <summary>Marks the messages to devices of the owner as sent, without claiming those of others.</summary>
    private Task<int> MarkSentAsync() =>
        _server.UseAsync(
            (AppDbContext context) =>
                context
                    .PushDeliveries.Where(message => message.OwnerId == _owner && message.Kind == PushKind.Notification)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(message => message.Attempts, 1)
                            .SetProperty(message => message.SentAt, _server.Clock.Now())
                    )
        );

    private static Task SaveNotificationAsync(Instance server, Action<AppDbContext, UnitOfWork> add) =>
        server.UseAsync(
            async (IServiceProvider services) =>
            {
                services
                    .GetRequiredService<INotificationRepository>()
                    .Add(Overdue.Notification(server.Caller.Session!.OwnerId, "Run", server.Clock.Now()));
                var unitOfWork = services.GetRequiredService<UnitOfWork>();
                add(services.GetRequiredService<AppDbContext>(), unitOfWork);
                Assert.That((await unitOfWork.SaveChangesAsync(default)).Error, Is.Null);
            }
        );

    /// <summary>A step that runs before those of the rooms.</summary>
    private sealed class FirstStep(Func<Task> act) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await act();
            return null;
        }
    }

    private sealed class Deadlock()
        : DbException("Transaction was deadlocked and has been chosen as the deadlock victim.");

    private sealed class Retrying(ExecutionStrategyDependencies dependencies)
        : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is Deadlock;
    }
}
