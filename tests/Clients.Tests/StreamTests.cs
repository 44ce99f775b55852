using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class StreamTests
{
    [Test]
    public async Task A_server_restart_neither_loses_nor_duplicates_a_notification()
    {
        await using var server = await Server.StartAsync();
        var device = await Device.SignUpAsync(server);
        var stream = device.Session.NotificationsAsync(Guid.Empty).GetAsyncEnumerator();
        await AddAsync(device, "first");
        Assert.That(await NextAsync(stream), Is.EqualTo("first"));

        // The second notification arrives, whether it was sent before the end or after the start.
        await AddAsync(device, "second");
        var second = NextAsync(stream);
        await server.RestartAsync();
        Assert.That(await second, Is.EqualTo("second"));
        await AddAsync(device, "third");
        Assert.That(await NextAsync(stream), Is.EqualTo("third"));
        await stream.DisposeAsync();

        var all = await device.Session.NotificationsAsync(Guid.Empty).Take(3).ToListAsync();
        Assert.That(all.Select(notification => notification.Title), Is.EqualTo((string[])["first", "second", "third"]));
    }

    [Test]
    public async Task A_stream_without_a_starting_point_returns_only_new_notifications()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        await AddAsync(device, "old");
        await device.Session.NotificationsAsync(Guid.Empty).FirstAsync();
        var connected = new TaskCompletionSource();
        device.Line.Before = call =>
        {
            if (call.EndsWith("/stream", StringComparison.Ordinal))
            {
                connected.TrySetResult();
            }

            return null;
        };
        var next = device.Session.NotificationsAsync().FirstAsync();
        await connected.Task;
        await AddAsync(device, "new");
        Assert.That((await next).Title, Is.EqualTo("new"));
    }

    [Test]
    public async Task A_stream_refreshes_its_token_and_stops_when_cancelled()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        await AddAsync(device, "late");
        device.Line.Expire(device.Tokens!);
        using var stop = new CancellationTokenSource();
        await using var stream = device.Session.NotificationsAsync(Guid.Empty).GetAsyncEnumerator(stop.Token);
        Assert.That(await NextAsync(stream), Is.EqualTo("late"));
        Assert.That(device.Line.Count("POST /api/v1/auth/refresh"), Is.EqualTo(1));
        var next = NextAsync(stream);
        await stop.CancelAsync();
        Assert.That(() => next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task The_end_of_the_session_ends_the_stream()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        await AddAsync(device, "last");
        await using var stream = device.Session.NotificationsAsync(Guid.Empty).GetAsyncEnumerator();
        await NextAsync(stream);
        var next = NextAsync(stream);
        using var other = new FitnessifySession(SharedServer.Instance.Address);
        await other.SignInAsync((await device.Api.Users.GetMeAsync()).Username, Server.Password);
        await other.Api.Sessions.EndOthersAsync();
        Assert.That(() => next, Throws.TypeOf<SignedOutException>());
        Assert.That(device.Tokens, Is.Null);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<NotificationDto> stream)
    {
        await stream.MoveNextAsync();
        return stream.Current.Title;
    }

    private static Task<TaskDto> AddAsync(Device device, string title) =>
        device.Api.Tasks.CreateAsync(new() { Title = title, DueAt = DateTimeOffset.UnixEpoch });
}
