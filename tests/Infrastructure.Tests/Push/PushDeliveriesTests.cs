using Fitnessify.Application.Push;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>These tests have their own database, because the messages of all users are claimed together.</summary>
public sealed class PushDeliveriesTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Guid _owner;
    private Guid _phone;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _owner = await _server.SignInNewUserAsync();
        _phone = await _server.PutDeviceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_message_is_stored_unchanged()
    {
        var notification = (await _server.NotifyAsync(_owner)).Single();

        var message = (await _server.MessagesAsync(_owner)).Single();

        var expected = PushDelivery.Of(notification, _phone, 0);
        Assert.That(message, Is.EqualTo(expected).UsingPropertiesComparer(of => of.Excluding(nameof(PushDelivery.Id))));
    }

    [Test]
    public async Task Two_instances_at_once_take_each_message_once()
    {
        await _server.NotifyAsync(_owner, 60);
        await using var other = _database.Start();
        foreach (var server in new[] { _server, other })
        {
            server.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? _server : other).TakeDueAsync()))
        );

        Assert.That(
            taken.SelectMany(each => each).Select(message => message.Id),
            Is.EquivalentTo((await _server.MessagesAsync(_owner)).Select(message => message.Id))
        );
    }

    [Test]
    public async Task A_message_that_another_instance_has_taken_and_sent_meanwhile_is_not_taken_again()
    {
        await _server.NotifyAsync(_owner);
        await using var other = _database.Start();
        IReadOnlyList<PushDelivery> sent = [];
        _server.Commands.OnceAfter(
            command => Commands.Names(command, "PushDeliveries"),
            async () => sent = await other.SendDueAsync()
        );

        var taken = await _server.TakeDueAsync();

        Assert.That(sent, Has.Count.EqualTo(1));
        Assert.That(taken, Is.Empty);
        Assert.That((await _server.MessagesAsync(_owner)).Single().Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task The_longest_due_messages_are_taken_first_up_to_the_limit()
    {
        await _server.NotifyAsync(_owner, 25);
        var messages = await _server.MessagesAsync(_owner);
        var now = _server.Clock.Now();
        Assert.That((await _server.TakeDueAsync()).Select(TimeOf), Is.All.EqualTo(now).And.Exactly(10).Items);
        _server.Clock.Advance(TimeSpan.FromSeconds(2));

        var first = await _server.TakeDueAsync(max: 12);
        var second = await _server.TakeDueAsync(max: 12);

        Assert.That(first.Select(TimeOf), Is.Ordered.And.Exactly(10).EqualTo(now.AddSeconds(1)).And.Exactly(12).Items);
        Assert.That(second.Select(TimeOf), Is.All.EqualTo(now.AddSeconds(2)).And.Exactly(3).Items);
        Assert.That(messages, Has.Count.EqualTo(25));

        DateTimeOffset TimeOf(PushDelivery claimed) => messages.Single(row => row.Id == claimed.Id).NextAttemptAt;
    }

    [Test]
    public async Task A_claim_counts_the_attempt_and_ends_with_its_lease_when_the_instance_is_gone()
    {
        await _server.NotifyAsync(_owner);
        var claimed = (await _server.TakeDueAsync()).Single();
        var row = (await _server.MessagesAsync(_owner)).Single();
        Assert.That((claimed.Attempts, row.Attempts), Is.EqualTo((0, 1)));
        Assert.That(row.NextAttemptAt, Is.EqualTo(_server.Clock.Now() + DeviceRequests.Lease));
        _server.Clock.Advance(DeviceRequests.Lease - TimeSpan.FromMilliseconds(1));
        Assert.That(await _server.TakeDueAsync(), Is.Empty);

        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((await _server.TakeDueAsync()).Select(message => message.Id), Is.EqualTo([claimed.Id]));
    }

    [Test]
    public async Task A_sent_notification_stays_and_is_not_due_again()
    {
        await _server.NotifyAsync(_owner);

        await _server.SendDueAsync();

        Assert.That((await _server.MessagesAsync(_owner)).Single().SentAt, Is.EqualTo(_server.Clock.Now()));
        _server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await _server.TakeDueAsync(), Is.Empty);
    }

    [Test]
    public async Task A_sent_test_is_deleted()
    {
        await _server.SendAsync(new TestDeviceCommand(_phone));

        Assert.That(await _server.SendDueAsync(), Has.Count.EqualTo(1));

        Assert.That(await _server.MessagesAsync(_owner), Is.Empty);
    }

    [Test]
    public async Task A_failed_message_is_due_after_pauses_that_grow_with_each_attempt()
    {
        await _server.NotifyAsync(_owner);
        List<double> pauses = [];
        for (var i = 0; i < 4; i++)
        {
            var message = (await _server.TakeDueAsync()).Single();
            message.Failed(null, _server.Clock.Now());
            await _server.StoreAsync(message);
            var due = (await _server.MessagesAsync(_owner)).Single().NextAttemptAt;
            pauses.Add((due - _server.Clock.Now()).TotalSeconds);
            _server.Clock.Advance(due - _server.Clock.Now() - TimeSpan.FromMilliseconds(1));
            Assert.That(await _server.TakeDueAsync(), Is.Empty);
            _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(pauses, Is.EqualTo([10, 20, 40, 80]));
    }

    [Test]
    public async Task A_postponed_message_is_due_then_and_a_dropped_one_is_deleted()
    {
        await _server.NotifyAsync(_owner, 2);
        var taken = await _server.TakeDueAsync();
        var end = _server.Clock.Now().AddHours(8);
        taken[0].Postpone(end);
        taken[1].Drop();

        await _server.StoreAsync(taken);

        var row = (await _server.MessagesAsync(_owner)).Single();
        Assert.That((row.Id, row.NextAttemptAt, row.SentAt), Is.EqualTo((taken[0].Id, end, (DateTimeOffset?)null)));
        // Nothing was sent, so that there is nothing to take back.
        Assert.That(row.Attempts, Is.Zero);
    }

    [Test]
    public async Task Dismissals_are_claimed_only_when_nothing_else_is_due()
    {
        var shown = await _server.NotifyAsync(_owner, 3);
        await _server.SendDueAsync();
        var session = Guid.NewGuid();
        await _server.UseAsync(
            async (IServiceProvider services) =>
            {
                var deliveries = services.GetRequiredService<IPushDeliveries>();
                shown.ForEach(notification => deliveries.Dismiss(notification, session, _server.Clock.Now()));
                return await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
            }
        );
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        await _server.NotifyAsync(_owner);

        var first = await _server.TakeDueAsync();
        var second = await _server.TakeDueAsync();

        Assert.That(first.Select(message => message.Kind), Is.EqualTo([PushKind.Notification]));
        Assert.That(second.Select(message => message.Kind), Is.All.EqualTo(PushKind.Dismissal).And.Exactly(3).Items);
    }

    [Test]
    public async Task A_dead_device_goes_at_once_with_everything_that_waits_for_it()
    {
        await _server.NotifyAsync(_owner, 2);
        var tablet = await _server.PutDeviceAsync();
        var taken = await _server.TakeDueAsync(max: 1);
        var dead = (await _server.ContentsAsync(taken))[taken[0].Id].Device;

        await StoreAsync(taken, dead);

        Assert.That((await _server.DevicesAsync(_owner)).Select(device => device.Id), Is.EqualTo([tablet]));
        Assert.That(await _server.MessagesAsync(_owner), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_device_that_was_put_again_since_the_attempt_stays(bool isSameAddress)
    {
        await _server.NotifyAsync(_owner);
        var taken = await _server.TakeDueAsync();
        var dead = (await _server.ContentsAsync(taken))[taken[0].Id].Device;
        if (isSameAddress)
        {
            _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await _server.PutDeviceAsync(_phone, isSameAddress ? dead.Address : null);

        await StoreAsync(taken, dead);

        Assert.That((await _server.DevicesAsync(_owner)).Select(device => device.Id), Is.EqualTo([_phone]));
    }

    [Test]
    public async Task A_test_takes_the_place_of_one_that_waits_for_the_same_device()
    {
        var tablet = await _server.PutDeviceAsync();
        await _server.SendAsync(new TestDeviceCommand(tablet));
        await _server.SendAsync(new TestDeviceCommand(_phone));
        await _server.NotifyAsync(_owner);
        var before = await _server.MessagesAsync(_owner);

        await _server.SendAsync(new TestDeviceCommand(_phone));

        var after = await _server.MessagesAsync(_owner);
        var (replaced, added) = (before.ExceptBy(Ids(after), Id).Single(), after.ExceptBy(Ids(before), Id).Single());
        Assert.That((replaced.DeviceId, replaced.Kind), Is.EqualTo((_phone, PushKind.Test)));
        Assert.That((added.DeviceId, added.Kind), Is.EqualTo((_phone, PushKind.Test)));

        static Guid Id(PushDelivery message) => message.Id;

        static IEnumerable<Guid> Ids(IEnumerable<PushDelivery> messages) => messages.Select(Id);
    }

    [Test]
    public async Task Messages_go_with_their_device_its_session_and_the_account()
    {
        await AssertGoneAfterAsync(_ => _server.SendAsync(new RemoveDeviceCommand(_phone)));
        await AssertGoneAfterAsync(session => _server.EraseSessionsAsync(session.OwnerId));
        await AssertGoneAfterAsync(session => _server.EraseAsync(session.OwnerId));
    }

    [Test]
    public async Task The_outcome_of_a_message_that_has_gone_is_stored_nowhere()
    {
        await _server.NotifyAsync(_owner);
        var taken = await _server.TakeDueAsync();
        await _server.SendAsync(new RemoveDeviceCommand(_phone));
        taken[0].Sent(_server.Clock.Now());

        await _server.StoreAsync(taken);

        Assert.That(await _server.MessagesAsync(_owner), Is.Empty);
    }

    [Test]
    public async Task That_nothing_is_due_costs_two_searches_of_an_index()
    {
        await _server.NotifyAsync(_owner);
        await _server.SendDueAsync();
        var commands = _server.Commands.Listen();

        await _server.SendAsync(new SendPushesCommand());

        Assert.That(commands, Has.Count.EqualTo(2));
    }

    private async Task AssertGoneAfterAsync(Func<Session, Task> act)
    {
        var session = _server.Caller.Session!;
        await _server.NotifyAsync(_owner, 2);
        await _server.SendDueAsync();
        await _server.SendAsync(new TestDeviceCommand(_phone));
        Assert.That(await _server.MessagesAsync(_owner), Has.Count.EqualTo(3));

        await act(session);

        Assert.That(await _server.MessagesAsync(_owner), Is.Empty);
        Assert.That(await _server.DevicesAsync(_owner), Is.Empty);
        _owner = await _server.SignInNewUserAsync();
        _phone = await _server.PutDeviceAsync();
    }

    private Task StoreAsync(IReadOnlyList<PushDelivery> messages, params Device[] dead)
    {
        foreach (var message in messages)
        {
            message.Drop();
        }

        return _server.UseAsync(
            (IPushDeliveries deliveries) => deliveries.StoreAsync(messages, dead, _server.Clock.Now(), default)
        );
    }
}
