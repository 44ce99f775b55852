using Fitnessify.Application.Push;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class DeviceRepositoryTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();
    private Session _session = null!;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser()
    {
        await _server.SignInNewUserAsync();
        _session = _server.Caller.Session!;
    }

    [Test]
    public async Task A_device_is_stored_unchanged()
    {
        var now = _server.Clock.Now();
        var address = new PushAddress(PushPlatform.WebPush, DeviceRequests.NewEndpoint(), new("key", "auth"));
        var device = Device.Register(_session.OwnerId, Guid.NewGuid(), _session.Id, new(address, "de-CH", true), now);

        await PutAsync(device);

        Assert.That((await DevicesAsync()).Single(), Is.EqualTo(device).UsingPropertiesComparer());
    }

    [Test]
    public async Task An_address_that_another_user_puts_leaves_the_first_one_with_everything_that_waits()
    {
        var endpoint = DeviceRequests.NewEndpoint();
        await _server.PutDeviceAsync(endpoint: endpoint);
        await _server.NotifyAsync(_session.OwnerId);
        var other = await _server.SignInNewUserAsync();

        var phone = await _server.PutDeviceAsync(endpoint: endpoint);

        Assert.That(await DevicesAsync(), Is.Empty);
        Assert.That(await _server.MessagesAsync(_session.OwnerId), Is.Empty);
        Assert.That((await _server.DevicesAsync(other)).Select(device => device.Id), Is.EqualTo([phone]));
    }

    [Test]
    public async Task An_address_moves_to_the_id_under_which_it_is_put_last()
    {
        var endpoint = DeviceRequests.NewEndpoint();
        await _server.PutDeviceAsync(endpoint: endpoint);
        var known = await _server.PutDeviceAsync();

        await _server.PutDeviceAsync(known, endpoint);

        Assert.That(
            (await DevicesAsync()).Select(device => (device.Id, device.Address)),
            Is.EqualTo([(known, endpoint)])
        );
    }

    [Test]
    public async Task The_same_id_of_another_user_is_another_device()
    {
        var id = await _server.PutDeviceAsync();
        var other = await _server.SignInNewUserAsync();

        await _server.PutDeviceAsync(id);

        Assert.That((await DevicesAsync()).Select(device => device.Id), Is.EqualTo([id]));
        Assert.That((await _server.DevicesAsync(other)).Select(device => device.Id), Is.EqualTo([id]));
    }

    [Test]
    public async Task Beyond_twenty_live_devices_the_one_that_was_not_seen_for_longest_goes()
    {
        var ended = await _server.SignInAsync(_session.OwnerId);
        for (var i = 0; i < 5; i++)
        {
            // These are newer than all others, and dead.
            _server.Clock.Advance(TimeSpan.FromMinutes(1));
            await _server.PutDeviceAsync(ended);
        }

        await _server.SendAsync(new RevokeSessionCommand(ended.Id));
        List<Guid> devices = [];
        for (var i = 0; i < Device.MaxPerUser; i++)
        {
            _server.Clock.Advance(TimeSpan.FromMinutes(1));
            devices.Add(await _server.PutDeviceAsync());
        }

        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await _server.PutDeviceAsync(devices[0]);
        Assert.That(await ListAsync(), Is.EquivalentTo(devices), "A known device takes no place of another.");

        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        devices.Add(await _server.PutDeviceAsync());

        Assert.That(await ListAsync(), Is.EquivalentTo(devices.Except([devices[1]])));
        Assert.That(await DevicesAsync(), Has.Count.EqualTo(25), "The dead ones are deleted at night.");
    }

    [Test]
    public async Task The_devices_of_another_user_do_not_count()
    {
        await _server.PutDeviceAsync();
        await _server.SignInNewUserAsync();
        for (var i = 0; i <= Device.MaxPerUser; i++)
        {
            await _server.PutDeviceAsync();
        }

        Assert.That(await DevicesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_device_of_a_new_session_takes_the_place_of_what_is_left_of_an_ended_one()
    {
        var ended = await _server.SignInAsync(_session.OwnerId);
        var id = await _server.PutDeviceAsync(ended);
        await _server.NotifyAsync(_session.OwnerId);
        await _server.SendAsync(new RevokeSessionCommand(ended.Id));
        _server.Clock.Advance(TimeSpan.FromMinutes(1));

        var put = await _server.TryPutDeviceAsync(id, DeviceRequests.NewEndpoint());

        Assert.That((put.Value?.IsNew, put.Value?.Device.CreatedAt), Is.EqualTo((true, _server.Clock.Now())));
        Assert.That(
            (await DevicesAsync()).Select(device => (device.Id, device.SessionId)),
            Is.EqualTo([(id, _session.Id)])
        );
        Assert.That(await _server.MessagesAsync(_session.OwnerId), Is.Empty);
    }

    [Test]
    public async Task A_device_that_is_put_by_two_requests_at_once_is_stored_once()
    {
        await using var other = TestRun.Database.Start();
        other.Caller.Session = _session;
        for (var i = 0; i < 10; i++)
        {
            var (id, endpoint) = (Guid.NewGuid(), DeviceRequests.NewEndpoint());

            var put = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(j => Task.Run(() => (j % 2 == 0 ? _server : other).TryPutDeviceAsync(id, endpoint)))
            );

            Assert.That(put.Select(result => result.Error), Is.All.Null);
            Assert.That((await DevicesAsync()).Count(device => device.Id == id), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task An_address_that_two_users_put_at_once_belongs_to_one_of_them()
    {
        await using var other = TestRun.Database.Start();
        var user = await other.SignInNewUserAsync();
        for (var i = 0; i < 10; i++)
        {
            var endpoint = DeviceRequests.NewEndpoint();

            var put = await Task.WhenAll(
                new[] { _server, other }.Select(server =>
                    Task.Run(() => server.TryPutDeviceAsync(Guid.NewGuid(), endpoint))
                )
            );

            Assert.That(put.Select(result => result.Error), Is.All.Null);
            var devices = (await DevicesAsync()).Concat(await _server.DevicesAsync(user));
            Assert.That(devices.Count(device => device.Address == endpoint), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_address_of_a_device_that_another_request_has_just_stored_is_a_conflict_that_is_tried_again()
    {
        var endpoint = DeviceRequests.NewEndpoint();
        var (id, isFirst) = (Guid.NewGuid(), true);
        // The device appears after the save has looked for it and before it is stored.
        _server.Commands.Before = async command =>
        {
            if (isFirst && Commands.Inserts(command, "Devices"))
            {
                isFirst = false;
                await using var quicker = Commands.Copy(command);
                await quicker.ExecuteNonQueryAsync();
            }
        };

        var put = await _server.TryPutDeviceAsync(id, endpoint);

        Assert.That(put.Error, Is.Null);
        Assert.That((await DevicesAsync()).Select(device => device.Id), Is.EqualTo([id]));
        Assert.That(isFirst, Is.False);
    }

    [Test]
    public async Task A_removal_during_an_update_is_a_conflict_that_is_tried_again()
    {
        var id = await _server.PutDeviceAsync();
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var other = TestRun.Database.Start();
        other.Caller.Session = _session;
        _server.Commands.OnceAfter(
            command => Commands.Names(command, "Devices"),
            () => other.SendAsync(new RemoveDeviceCommand(id))
        );

        var put = await _server.TryPutDeviceAsync(id, DeviceRequests.NewEndpoint());

        Assert.That(put.Error, Is.Null);
        Assert.That(put.Value!.IsNew, Is.True);
        Assert.That((await DevicesAsync()).Select(device => device.Id), Is.EqualTo([id]));
    }

    [Test]
    public async Task Devices_go_with_their_session_and_their_account()
    {
        await _server.PutDeviceAsync();
        await _server.EraseSessionsAsync(_session.OwnerId);
        Assert.That(await DevicesAsync(), Is.Empty);

        var owner = await _server.SignInNewUserAsync();
        await _server.PutDeviceAsync();
        await _server.EraseAsync(owner);
        Assert.That(await _server.DevicesAsync(owner), Is.Empty);
    }

    private Task<List<Device>> DevicesAsync() => _server.DevicesAsync(_session.OwnerId);

    /// <summary>Returns the ids of the live devices.</summary>
    private async Task<IEnumerable<Guid>> ListAsync() =>
        (await _server.SendAsync(new ListDevicesQuery())).Value!.Items.Select(device => device.Id);

    private Task PutAsync(Device device) =>
        _server.UseAsync(
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<IDeviceRepository>().Put(device, _server.Clock.Now());
                var saved = await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
                Assert.That(saved.Error, Is.Null);
            }
        );
}
