using System.Security.Cryptography;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Guests;

public sealed class StartGuestTests
{
    private readonly ServerClock _clock = new();
    private readonly Guid _key = Guid.NewGuid();

    [Test]
    public async Task Begins_with_an_account_that_has_nothing_to_sign_in_with()
    {
        await using var api = Api.Rent(_clock);
        var client = api.Anonymous();

        using var response = await client.StartGuestAsync(_key, "Ann's phone", "de-AT", "Europe/Vienna");
        await client.KeepAsync(response);
        var tokens = await response.JsonAsync();
        var me = await client.ReadAsync(ApiClient.Me);
        var session = (await client.ReadAsync(ApiClient.Sessions)).Items().Single();

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(201));
            Assert.That(response.Header("Location"), Is.EqualTo(ApiClient.Me));
            Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(tokens.GetProperty("guestMerged").GetBoolean(), Is.False);
            Assert.That(
                tokens.GetProperty("refreshTokenExpiresAt").GetDateTimeOffset(),
                Is.EqualTo(_clock.GetUtcNow().AddDays(30)).Within(TimeSpan.FromMilliseconds(1))
            );
            Assert.That(me.Text("kind"), Is.EqualTo("guest"));
            Assert.That(me.Text("username"), Does.Match("^guest-[0-9a-z]{16}$"));
            Assert.That(me.Text("email"), Is.Null);
            Assert.That(me.GetProperty("emailConfirmed").GetBoolean(), Is.False);
            Assert.That(me.Text("displayName"), Is.Null);
            Assert.That(me.Text("locale"), Is.EqualTo("de-AT"));
            Assert.That(me.Text("timeZone"), Is.EqualTo("Europe/Vienna"));
            Assert.That(me.Texts("signInMethods"), Is.Empty);
            Assert.That(me.Texts("roles"), Is.EqualTo(["member"]));
            Assert.That(me.Texts("permissions"), Is.Empty);
            Assert.That(session.Text("device"), Is.EqualTo("Ann's phone"));
            Assert.That(session.GetProperty("id").GetGuid(), Is.EqualTo(client.SessionId));
        });
    }

    [Test]
    public async Task Without_more_than_a_key_a_guest_is_in_english_and_utc()
    {
        var client = Api.Shared.Anonymous();
        using var response = await client.PostAsync(GuestCalls.Guest, new { key = _key });
        await client.KeepAsync(response);

        var me = await client.ReadAsync(ApiClient.Me);

        Assert.That((me.Text("locale"), me.Text("timeZone")), Is.EqualTo(("en", "UTC")));
    }

    [Test]
    public async Task A_guest_has_tasks_like_everyone()
    {
        var guest = await Api.Shared.GuestAsync();
        var task = await guest.CreatedAsync("""{"title":"Swim"}""");
        using var refresh = await guest.RefreshAsync();
        await guest.KeepAsync(refresh);

        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
        Assert.That(await Api.Shared.Anonymous().OutcomeOfAsync(task.Path()), Is.EqualTo("401 unauthenticated"));
        Assert.That(
            await (await Api.Shared.GuestAsync()).OutcomeOfAsync(task.Path()),
            Is.EqualTo("404 not_found"),
            "Another guest sees nothing of it."
        );
    }

    [Test]
    public async Task A_server_without_guests_starts_none_and_keeps_those_it_has()
    {
        await using var before = Api.Start();
        var guest = await before.GuestAsync();
        await guest.CreatedAsync("""{"title":"Swim"}""");
        await using var api = Api.Start(
            new() { ["ConnectionStrings:Fitnessify"] = before.ConnectionString, ["Accounts:Guests"] = null }
        );

        using var refused = await api.Anonymous().StartGuestAsync(_key);
        var again = api.Anonymous();
        using var refreshed = await again.RefreshAsync(guest.RefreshToken);
        await again.KeepAsync(refreshed);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("403 guests_not_allowed"));
        Assert.That(await again.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task The_same_key_is_the_same_guest_until_its_tokens_are_used()
    {
        var (first, second) = (Api.Shared.Anonymous(), Api.Shared.Anonymous());
        using var lost = await first.StartGuestAsync(_key);
        using var retried = await second.StartGuestAsync(_key);
        await first.KeepAsync(lost);
        await second.KeepAsync(retried);

        Assert.That(await retried.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(second.SessionId, Is.EqualTo(first.SessionId));
        Assert.That(await first.IdAsync(), Is.EqualTo(await second.IdAsync()));
        using var refreshed = await second.RefreshAsync();
        Assert.That(await refreshed.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Twenty_requests_at_once_with_one_key_start_one_guest()
    {
        var clients = Enumerable.Range(0, 20).Select(_ => Api.Shared.Anonymous()).ToList();

        var responses = await Task.WhenAll(clients.Select(client => client.StartGuestAsync(_key)));

        HashSet<Guid> accounts = [];
        foreach (var (client, response) in clients.Zip(responses))
        {
            await client.KeepAsync(response);
            accounts.Add(await client.IdAsync());
            response.Dispose();
        }

        Assert.That(accounts, Has.Count.EqualTo(1));
        Assert.That(clients.Select(client => client.SessionId).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("read")]
    [TestCase("write")]
    [TestCase("refresh")]
    [TestCase("registration")]
    [TestCase("sign-out")]
    [TestCase("expiry")]
    [TestCase("disabled")]
    [TestCase("deleted")]
    public async Task The_same_key_is_another_guest_after(string what)
    {
        await using var api = Api.Rent(_clock);
        var first = api.Anonymous();
        using var started = await first.StartGuestAsync(_key);
        await first.KeepAsync(started);
        await UseAsync(api, first, what);

        var (second, third) = (api.Anonymous(), api.Anonymous());
        using var again = await second.StartGuestAsync(_key);
        using var andAgain = await third.StartGuestAsync(_key);
        await second.KeepAsync(again);
        await third.KeepAsync(andAgain);

        Assert.That(await second.IdAsync(), Is.EqualTo(await third.IdAsync()));
        Assert.That(second.SessionId, Is.Not.EqualTo(first.SessionId));
        Assert.That((await second.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"));
        Assert.That(await second.TitlesAsync(), Is.Empty);
        if (what is "read" or "write" or "refresh" or "registration")
        {
            Assert.That(await first.IdAsync(), Is.Not.EqualTo(await second.IdAsync()), "The first one stays.");
        }
    }

    [Test]
    public async Task Twenty_requests_at_once_with_a_used_key_start_one_other_guest()
    {
        var first = Api.Shared.Anonymous();
        using var started = await first.StartGuestAsync(_key);
        await first.KeepAsync(started);
        var used = await first.IdAsync();
        var clients = Enumerable.Range(0, 20).Select(_ => Api.Shared.Anonymous()).ToList();

        var responses = await Task.WhenAll(clients.Select(client => client.StartGuestAsync(_key)));

        HashSet<Guid> accounts = [];
        foreach (var (client, response) in clients.Zip(responses))
        {
            await client.KeepAsync(response);
            accounts.Add(client.SessionId);
            response.Dispose();
        }

        Assert.That(accounts, Has.Count.EqualTo(1));
        Assert.That(await clients[0].IdAsync(), Is.Not.EqualTo(used));
    }

    [Test]
    public async Task Of_the_key_only_a_digest_is_stored()
    {
        await using var api = Api.Start();
        using var started = await api.Anonymous().StartGuestAsync(_key);
        Assert.That(await started.OutcomeAsync(), Is.EqualTo("201"));

        await api.InDatabaseAsync(async context =>
        {
            var guest = await context.Accounts.SingleAsync(account => account.Kind == AccountKind.Guest);
            Assert.That(guest.GuestKeyHash, Is.EqualTo(SHA256.HashData(_key.ToByteArray(bigEndian: true))));
        });
        Assert.That(
            api.Log.Lines.Where(line => line.Contains($"{_key}", StringComparison.OrdinalIgnoreCase)),
            Is.Empty
        );
    }

    [TestCase("""{}""", "#/key required")]
    [TestCase("""{"key":null}""", "#/key invalid_type")]
    [TestCase("""{"key":""}""", "#/key invalid_format")]
    [TestCase("""{"key":"00000000-0000-0000-0000-000000000000"}""", "#/key required")]
    [TestCase("""{"key":"not-a-uuid"}""", "#/key invalid_format")]
    [TestCase("""{"key":1}""", "#/key invalid_type")]
    [TestCase("""{"key":"(key)","device":1}""", "#/device invalid_type")]
    [TestCase("""{"key":"(key)","device":"(101)"}""", "#/device too_long")]
    [TestCase("""{"key":"(key)","locale":"x"}""", "#/locale invalid_format")]
    [TestCase("""{"key":"(key)","timeZone":"Mars/Olympus"}""", "#/timeZone invalid_format")]
    public async Task Refuses_what_is_not_valid(string body, string error)
    {
        var filled = body.Replace("(key)", $"{_key}", StringComparison.Ordinal)
            .Replace("(101)", new string('x', 101), StringComparison.Ordinal);

        using var response = await Api.Shared.Anonymous().PostRawAsync(GuestCalls.Guest, filled);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo([error]));
    }

    [Test]
    public async Task An_address_starts_ten_guests_an_hour()
    {
        await using var api = Api.Start(new() { ["RateLimits:Guest:Permits"] = null }, clock: _clock);
        var client = api.Anonymous();
        using var first = await client.StartGuestAsync(_key);
        for (var i = 1; i < 10; i++)
        {
            // What is sent again counts, too.
            using var next = await client.StartGuestAsync(i == 1 ? _key : Guid.NewGuid());
            Assert.That(await next.OutcomeAsync(), Is.EqualTo("201"));
        }

        _clock.Advance(TimeSpan.FromMinutes(15));
        using var refused = await client.StartGuestAsync(Guid.NewGuid());
        _clock.Advance(TimeSpan.FromMinutes(45));
        using var later = await client.StartGuestAsync(Guid.NewGuid());

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(first.Header("RateLimit-Policy"), Is.EqualTo("\"guest\";q=10;w=3600"));
            Assert.That(first.Header("RateLimit"), Is.EqualTo("\"guest\";r=9;t=3600"));
            Assert.That(await refused.OutcomeAsync(), Is.EqualTo("429 rate_limited"));
            Assert.That(refused.Header("Retry-After"), Is.EqualTo("2700"));
            Assert.That(await later.OutcomeAsync(), Is.EqualTo("201"));
        });
    }

    private async Task UseAsync(Api api, ApiClient guest, string what)
    {
        switch (what)
        {
            case "read":
                await guest.ReadAsync(ApiClient.Me);
                break;
            case "write":
                await guest.CreatedAsync();
                break;
            case "refresh":
                using (var refreshed = await guest.RefreshAsync())
                {
                    await guest.KeepAsync(refreshed);
                }

                break;
            case "registration":
                using (var registered = await guest.RegisterGuestAsync(Person.Random()))
                {
                    Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
                }

                break;
            case "sign-out":
                using (
                    var ended = await api.Anonymous()
                        .PostAsync(ApiClient.Logout, new { refreshToken = guest.RefreshToken })
                )
                {
                    Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
                }

                break;
            case "expiry":
                _clock.Advance(TimeSpan.FromDays(30));
                break;
            default:
                var admin = await api.SignedInAsAsync(Roles.Admin);
                var id = Guid.Empty;
                // The id is read from the database, because the guest's tokens are not to be used.
                await api.InDatabaseAsync(async context =>
                    id = (await context.Sessions.SingleAsync(session => session.Id == guest.SessionId)).OwnerId
                );
                var outcome = await admin.ActAsync(what == "disabled" ? "disable" : "delete", id);
                Assert.That(outcome, Is.EqualTo("204"));
                break;
        }
    }
}
