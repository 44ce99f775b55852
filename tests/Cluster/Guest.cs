namespace Fitnessify.Cluster;

/// <summary>A guest who has a list, a task in it, one in the trash, and others.</summary>
internal sealed class Guest
{
    public const string Route = "/api/v1/auth/guest";

    private Guest(ApiClient device) => (Device, RefreshToken) = (device, device.RefreshToken);

    public ApiClient Device { get; private set; }

    public string RefreshToken { get; private set; }

    /// <summary>Gets the ids of all that the guest has.</summary>
    public IReadOnlyList<Guid> Ids { get; private set; } = [];

    public static async Task<Guest> StartAsync(ServerProcess server)
    {
        var device = server.Anonymous();
        using var started = await device.PostAsync(Route, new { key = Guid.NewGuid() });
        await device.KeepAsync(started);
        var list = await device.CreatedListAsync();
        await device.CreatedAsync($$"""{"title":"Run","listId":"{{list.Text("id")}}"}""");
        await device.CreatedAsync(TaskCalls.Repeating);
        await device.TrashedAsync(await device.CreatedAsync());
        var guest = new Guest(device);
        guest.Ids = await IdsAsync(device);
        Assert.That(guest.Ids, Has.Count.EqualTo(4));
        return guest;
    }

    /// <summary>Calls another server from now on.</summary>
    public void MoveTo(ServerProcess server) => Device = server.Of(Device);

    /// <summary>Refreshes the tokens and creates another task.</summary>
    public async Task GoOnAsync()
    {
        using var refreshed = await Device.RefreshAsync(RefreshToken);
        await Device.KeepAsync(refreshed);
        RefreshToken = Device.RefreshToken;
        await Device.CreatedAsync();
        Ids = await IdsAsync(Device);
    }

    /// <summary>Returns the body of a sign-in that brings the guest along.</summary>
    public object SignInOf(Person person) =>
        new
        {
            login = person.Username,
            password = person.Password,
            guestToken = RefreshToken,
        };

    /// <summary>Signs in to an account and brings the guest along.</summary>
    /// <returns>Whether the answer says that what the guest had is the account's.</returns>
    public async Task<bool> SignInAsync(ApiClient device, Person person)
    {
        using var response = await device.PostAsync(ApiClient.Login, SignInOf(person));
        await device.KeepAsync(response);
        return (await response.JsonAsync()).GetProperty("guestMerged").GetBoolean();
    }

    /// <summary>Returns the ids of all tasks and lists of a device, deleted ones included.</summary>
    public static async Task<IReadOnlyList<Guid>> IdsAsync(ApiClient device) =>
        [.. (await device.ReadAsync(TaskCalls.Changes)).Items().Select(item => item.GetProperty("id").GetGuid())];
}
