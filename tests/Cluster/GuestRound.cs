using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Cluster;

/// <summary>
/// Two devices of an account and that of a guest write at random, and the guest signs in to the account at a random moment, while
/// requests are under way and answers get lost. Then all that was acknowledged is compared with what the account has.
/// </summary>
internal sealed class GuestRound
{
    private const int MaxActsBeforeMerge = 30;
    private const int ActsAfterMerge = 12;
    private const int MaxMillisecondsBeforeMerge = 10;

    // This is for what the server does within seconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ServerProcess[] _servers;
    private readonly Random _random;
    private readonly WritingDevice _guest;
    private readonly WritingDevice[] _others;

    // The sign-in runs beside the other requests of the guest.
    private readonly LossyDevice _signIns;
    private readonly Random _signInRandom;
    private long _versionBeforeMerge;

    public GuestRound(ServerProcess[] servers, int seed)
    {
        _servers = servers;
        _random = new Random(seed);
        _signInRandom = new Random(_random.Next());
        // Long enough for the guest to write more in between.
        _signIns = new LossyDevice(servers, _signInRandom)
        {
            Loss = 0.6,
            MaxWait = 100,
            MaxPause = 30,
        };
        _guest = NewDevice();
        _others = [NewDevice(), NewDevice()];
    }

    /// <summary>Gets whether the answer of the sign-in that merged the guest got lost.</summary>
    public bool IsMergeLost { get; private set; }

    /// <summary>Gets what was refused to the guest during the sign-in, before it was done as the account.</summary>
    public IReadOnlyList<string> Refused => _guest.Calls.Refused;

    private IEnumerable<WritingDevice> Devices => [.. _others, _guest];

    public async Task RunAsync()
    {
        var person = await _servers[0].Anonymous().RegisteredAsync();
        foreach (var device in _others)
        {
            device.Calls.AccessToken = (await SignInAsync(person, null)).Text("accessToken");
        }

        var guest = await StartGuestAsync();
        (_guest.Calls.AccessToken, _guest.GuestToken) = (guest.Text("accessToken"), guest.Text("accessToken"));
        await Task.WhenAll(Devices.Select(device => device.BeginAsync()));

        var before = _random.Next(MaxActsBeforeMerge);
        await Task.WhenAll([
            .. _others.Select(device => ActAsync(device, before + ActsAfterMerge)),
            ActAsGuestAsync(person, guest.Text("refreshToken"), before),
        ]);
        await CloseOnAllDevicesAsync();
        await CompareAsync();
    }

    private WritingDevice NewDevice() =>
        new(new LossyDevice(_servers, new Random(_random.Next())), new Random(_random.Next()));

    private static async Task ActAsync(WritingDevice device, int acts)
    {
        for (var act = 0; act < acts; act++)
        {
            await device.NextAsync();
        }
    }

    private async Task<JsonElement> StartGuestAsync()
    {
        JsonObject body = new() { ["key"] = $"{Guid.NewGuid()}", ["device"] = "Phone" };
        var (started, _) = await _signIns.SendAsync(HttpMethod.Post, Guest.Route, body);
        Assert.That(started.Outcome, Is.EqualTo("201"));
        return started.Body;
    }

    private async Task ActAsGuestAsync(Person person, string guestToken, int before)
    {
        await ActAsync(_guest, before);
        var merge = MergeAsync(person, guestToken);
        _guest.Calls.NextSession = (_guest.GuestToken!, merge);
        await ActAsync(_guest, ActsAfterMerge);
        await merge;
    }

    private async Task MergeAsync(Person person, string guestToken)
    {
        await Task.Delay(_signInRandom.Next(MaxMillisecondsBeforeMerge));
        _versionBeforeMerge = _others.Max(device => device.MaxVersion);
        var tokens = await SignInAsync(person, guestToken);
        _guest.Calls.AccessToken = tokens.Text("accessToken");
        IsMergeLost = !tokens.GetProperty("guestMerged").GetBoolean();
    }

    private async Task<JsonElement> SignInAsync(Person person, string? guestToken)
    {
        JsonObject body = new()
        {
            ["login"] = person.Username,
            ["password"] = person.Password,
            ["device"] = "Phone",
            ["guestToken"] = guestToken,
        };
        var (signedIn, _) = await _signIns.SendAsync(HttpMethod.Post, ApiClient.Login, body);
        Assert.That(signedIn.Outcome, Is.EqualTo("200"), $"{signedIn.Body}");
        return signedIn.Body;
    }

    /// <summary>All devices do what the guest had to do next, each without knowing of the others.</summary>
    private async Task CloseOnAllDevicesAsync()
    {
        for (var number = 0; number < _guest.Series.Count; number++)
        {
            var (id, open) = _guest.Series[number];
            var path = $"{TaskCalls.Tasks}/{WritingDevice.IdOf(id, open)}";
            var closed = await Task.WhenAll(
                Devices.Select(device =>
                    device.Calls.SendAsync(HttpMethod.Patch, path, new JsonObject { ["status"] = "done" })
                )
            );
            Assert.That(closed.Select(of => of.Reply.Outcome), Has.All.EqualTo("200"));
            await _guest.KeepClosedAsync(number);
        }
    }

    private async Task CompareAsync()
    {
        var known = Devices.SelectMany(device => device.Tasks.Concat(device.Lists)).ToDictionary();
        var live = known.Where(each => !each.Value.IsDeleted).ToDictionary();
        var full = await UntilAsync(
            FullSyncAsync,
            // The tasks of deleted lists follow these.
            state => state.Items.Count(item => !IsTombstone(item.Value)) <= live.Count
        );

        Assert.That(full.Items.Keys, Is.EquivalentTo(known.Keys));
        foreach (var (id, acknowledged) in known)
        {
            Assert.That(IsTombstone(full.Items[id]), Is.EqualTo(acknowledged.IsDeleted), $"{id} {acknowledged}");
        }

        var stored = live.Keys.ToDictionary(id => id, id => ContentOf(full.Items[id]));
        CompareContents(live, stored);
        CompareVersions(live, stored);
        await CompareTrashAsync();
        foreach (var device in Devices)
        {
            while (await device.SyncPageAsync(_random.Next(1, 30))) { }
            Assert.That(device.Synced.Items, Is.EquivalentTo(full.Items));
        }

        await CompareNotificationsAsync();
    }

    private static void CompareContents(Dictionary<Guid, Acknowledged> live, Dictionary<Guid, JsonObject> stored)
    {
        foreach (var (id, acknowledged) in live)
        {
            Assert.That(Without(stored[id], "version"), Is.EqualTo(Without(acknowledged.Content, "version")));
        }
    }

    /// <summary>The versions of the guest are raised by one number, to beyond those of the account.</summary>
    private void CompareVersions(Dictionary<Guid, Acknowledged> live, Dictionary<Guid, JsonObject> stored)
    {
        Assert.That(stored.Values.Select(VersionOf), Is.Unique);
        var raised = live.Where(each => each.Value.IsGuests)
            .Select(each => VersionOf(stored[each.Key]) - each.Value.Version!.Value)
            .Distinct()
            .ToList();
        Assert.That(raised, Has.Count.LessThanOrEqualTo(1));
        Assert.That(raised, Has.All.GreaterThanOrEqualTo(_versionBeforeMerge));
        Assert.That(
            live.Where(each => !each.Value.IsGuests).Select(each => VersionOf(stored[each.Key])),
            Is.EqualTo(live.Where(each => !each.Value.IsGuests).Select(each => each.Value.Version!.Value))
        );
    }

    private async Task CompareTrashAsync()
    {
        var trashed = Devices.SelectMany(device => device.Tasks).Where(task => task.Value.IsDeleted).ToDictionary();
        var found = await ListAsync(TaskCalls.Trash);
        Assert.That(found.Select(task => task.GetProperty("id").GetGuid()), Is.EquivalentTo(trashed.Keys));
        foreach (var task in found)
        {
            Assert.That(
                Without(JsonObject.Create(task)!, "version", "deletedAt", "updatedAt"),
                Is.EqualTo(
                    Without(trashed[task.GetProperty("id").GetGuid()].Content, "version", "deletedAt", "updatedAt")
                ),
                $"{trashed[task.GetProperty("id").GetGuid()]} {task}"
            );
        }
    }

    private async Task CompareNotificationsAsync()
    {
        var notified = await UntilAsync(
            () => ListAsync(NotificationCalls.Notifications),
            found => found.Count >= Devices.Count()
        );
        Assert.That(
            notified.Select(notification => notification.GetProperty("taskId").GetGuid()),
            Is.EquivalentTo(Devices.Select(device => device.Overdue))
        );
    }

    private async Task<SyncedState> FullSyncAsync()
    {
        SyncedState state = new();
        bool hasMore;
        do
        {
            var (page, _) = await _guest.Calls.SendAsync(HttpMethod.Get, SyncedState.Path(state.Token, 50));
            Assert.That(page.Outcome, Is.EqualTo("200"));
            hasMore = state.Apply(page.Body);
        } while (hasMore);

        return state;
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = [];
        for (string? query = "?limit=200"; query is not null; )
        {
            var (page, _) = await _guest.Calls.SendAsync(HttpMethod.Get, path + query);
            Assert.That(page.Outcome, Is.EqualTo("200"));
            all.AddRange(page.Body.Items());
            query = page.Body.Text("nextCursor") is { } cursor ? $"?limit=200&cursor={cursor}" : null;
        }

        return all;
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> readAsync, Func<T, bool> isReached)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        using var timeout = new CancellationTokenSource(Timeout);
        var found = await readAsync();
        while (!isReached(found) && !timeout.IsCancellationRequested)
        {
            await pace.WaitForNextTickAsync();
            found = await readAsync();
        }

        return found;
    }

    private static bool IsTombstone(string item) => item.EndsWith(' ');

    private static JsonObject ContentOf(string item) => JsonNode.Parse(item[item.IndexOf('{')..])!.AsObject();

    private static long VersionOf(JsonObject item) => (long)item["version"]!;

    private static string Without(JsonObject item, params string[] members)
    {
        var rest = item.DeepClone().AsObject();
        foreach (var member in members)
        {
            rest.Remove(member);
        }

        return rest.ToJsonString();
    }
}
