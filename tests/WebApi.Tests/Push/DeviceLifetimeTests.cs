using System.Text.Json;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Push;

/// <summary>A device goes with its session, however that ends.</summary>
public sealed class DeviceLifetimeTests
{
    // The push service disposes of its subscriptions.
    private readonly TestPushSubscription[] _devices = [Api.Push.Subscribe(), Api.Push.Subscribe()];

    private TestPushSubscription Lost => _devices[0];

    private TestPushSubscription Kept => _devices[1];

    [TestCase("logout")]
    [TestCase("revoked elsewhere")]
    [TestCase("other sessions revoked")]
    [TestCase("password changed")]
    [TestCase("refresh token reused")]
    public async Task The_device_of_an_ended_session_receives_nothing(string end)
    {
        var lost = await Api.Shared.SignedInAsync();
        var kept = await Api.Shared.SignedInAsync(lost.Person);
        await lost.DeviceAsync(Lost);
        var id = await kept.DeviceAsync(Kept);

        await EndAsync(end, lost, kept);
        await Api.Shared.NotifiedAsync(kept);
        await Api.Push.WaitForAsync(() => Kept.Shown.Count == 1);
        await Api.Shared.SendPushesAsync();

        Assert.That(await kept.DeviceIdsAsync(), Is.EqualTo([id]));
        Assert.That(Lost.Shown, Is.Empty);
    }

    [TestCase("sign-out")]
    [TestCase("disable")]
    public async Task The_devices_of_a_user_whom_an_admin_signs_out_receive_nothing(string act)
    {
        var clock = Now();
        await using var api = Api.Start(clock: clock);
        var (admin, user) = (await api.SignedInAsAsync(Roles.Admin), await api.SignedInAsync());
        await user.DeviceAsync(Lost);
        await CreateDueAsync(user, clock);
        await admin.DeviceAsync(Kept);
        await CreateDueAsync(admin, clock);

        var outcome = await admin.ActAsync(act, await user.IdAsync());
        await PassAsync(api, clock);
        await Api.Push.WaitForAsync(() => Kept.Shown.Count == 1);

        Assert.That(outcome, Is.EqualTo("204"));
        Assert.That(Lost.Shown, Is.Empty);
    }

    [Test]
    public async Task The_devices_of_a_user_who_resets_the_password_receive_nothing()
    {
        var user = await Api.Shared.SignedInAsync();
        await user.DeviceAsync(Lost);
        var link = await Api.Shared.ForgottenAsync(user.Person.Email);

        var outcome = await Api.Shared.ResetAsync(link);
        await user.SignInAsync(user.Person with { Password = AccountLinks.NewPassword });
        await Api.Shared.NotifiedAsync(user);
        await Api.Shared.SendPushesAsync();

        Assert.That(outcome, Is.EqualTo("204"));
        Assert.That(await user.DeviceIdsAsync(), Is.Empty);
        Assert.That(Lost.Shown, Is.Empty);
    }

    [Test]
    public async Task The_devices_of_a_deleted_account_receive_nothing_and_their_endpoints_are_free()
    {
        var clock = Now();
        await using var api = Api.Start(clock: clock);
        var user = await api.SignedInAsync();
        await user.DeviceAsync(Lost);
        await CreateDueAsync(user, clock);
        using var deleted = await user.PostAsync(ApiClient.Deletion, new { password = user.Person.Password });
        await PassAsync(api, clock);
        var before = Lost.Shown.Count;

        var next = await api.SignedInAsync();
        await next.DeviceAsync(Lost);
        await CreateDueAsync(next, clock);
        await PassAsync(api, clock);
        await Api.Push.WaitForAsync(() => Lost.Shown.Count == 1);

        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(before, Is.Zero);
    }

    // The clock of a server of the test's own. On the shared one, another test may raise the alert before the session has ended.
    private static ServerClock Now()
    {
        var clock = new ServerClock();
        clock.Put(TimeProvider.System.GetUtcNow() - clock.GetUtcNow());
        return clock;
    }

    private static Task<JsonElement> CreateDueAsync(ApiClient client, ServerClock clock) =>
        client.CreatedAsync(JsonSerializer.Serialize(new { title = "Run", dueAt = clock.GetUtcNow().AddMinutes(1) }));

    private static async Task PassAsync(Api api, ServerClock clock)
    {
        clock.Advance(TimeSpan.FromMinutes(2));
        await api.NotifyAsync();
        await api.SendPushesAsync();
    }

    private static async Task EndAsync(string end, ApiClient lost, ApiClient kept)
    {
        if (end == "refresh token reused")
        {
            await ReuseAsync(lost);
            return;
        }

        using var ended = end switch
        {
            "logout" => await lost.PostAsync(ApiClient.Logout),
            "revoked elsewhere" => await kept.DeleteAsync($"{ApiClient.Sessions}/{lost.SessionId}"),
            "other sessions revoked" => await kept.DeleteAsync(ApiClient.Sessions),
            _ => await kept.PutAsync(
                ApiClient.Password,
                new { currentPassword = kept.Person.Password, newPassword = AccountLinks.NewPassword }
            ),
        };
        Assert.That((int)ended.StatusCode, Is.InRange(200, 204));
    }

    private static async Task ReuseAsync(ApiClient lost)
    {
        var first = lost.RefreshToken;
        for (var i = 0; i < 2; i++)
        {
            using var refreshed = await lost.RefreshAsync();
            await lost.KeepAsync(refreshed);
        }

        using var reused = await lost.RefreshAsync(first);
        Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
    }
}
