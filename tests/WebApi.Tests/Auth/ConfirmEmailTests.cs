using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class ConfirmEmailTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Confirms_the_address_with_the_mailed_token()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var link = (await api.LinksToAsync(client.Person.Email, Link.ConfirmEmail)).Single();
        var before = await IsConfirmedAsync(client);
        using var response = await api.Anonymous().PostAsync(AccountLinks.Confirm, link.Values);
        var events = await client.ReadJsonAsync(ApiClient.Events);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(before, Is.False);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(await IsConfirmedAsync(client), Is.True);
            Assert.That(events.Items().Select(each => each.Text("type")), Has.One.EqualTo("emailConfirmed"));
        });
    }

    [Test]
    public async Task Lets_a_user_sign_in_who_had_to_confirm_first()
    {
        await using var api = Api.Start(new() { ["Accounts:RequireConfirmedEmail"] = "true" }, clock: _clock);
        var person = await api.Anonymous().RegisteredAsync();
        using var before = await api.Anonymous().LoginAsync(person.Username);
        var confirmed = await api.ConfirmAsync((await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single());
        using var after = await api.Anonymous().LoginAsync(person.Username);
        Assert.That(await before.OutcomeAsync(), Is.EqualTo("403 email_not_confirmed"));
        Assert.That(confirmed, Is.EqualTo("204"));
        Assert.That(await after.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("used")]
    [TestCase("expired")]
    [TestCase("older")]
    [TestCase("foreign user")]
    [TestCase("foreign server")]
    [TestCase("other purpose")]
    [TestCase("changed")]
    [TestCase("garbage")]
    [TestCase("disabled account")]
    [TestCase("deleted account")]
    public async Task Refuses_every_invalid_token_alike(string token)
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var link = (await api.LinksToAsync(client.Person.Email, Link.ConfirmEmail)).Single();
        var values = await InvalidateAsync(api, client, link, token);
        using var response = await api.Anonymous().PostAsync(AccountLinks.Confirm, values);
        using var garbage = await api.Anonymous()
            .PostAsync(AccountLinks.Confirm, new { userId = Guid.NewGuid(), token = "x" });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That(await response.VisiblePartsAsync(), Is.EqualTo(await garbage.VisiblePartsAsync()));
    }

    [Test]
    public async Task Accepts_a_token_for_24_hours()
    {
        await using var api = Api.Rent(_clock);
        var person = await api.Anonymous().RegisteredAsync();
        var link = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
    }

    [TestCase("""{}""", "#/userId required", "#/token required")]
    [TestCase("""{"userId":"x","token":"x"}""", "#/userId invalid_format")]
    [TestCase(
        """{"userId":"00000000-0000-0000-0000-000000000000","token":"x\u0000"}""",
        "#/userId required",
        "#/token invalid_format"
    )]
    [TestCase("""{"userId":"0197a000-0000-7000-8000-000000000003","token":"{4097}"}""", "#/token too_long")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await Api
            .Shared.Anonymous()
            .PostRawAsync(
                AccountLinks.Confirm,
                body.Replace("{4097}", new string('a', 4097), StringComparison.Ordinal)
            );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private async Task<Dictionary<string, string>> InvalidateAsync(Api api, ApiClient client, Link link, string token)
    {
        var values = new Dictionary<string, string>(link.Values);
        switch (token)
        {
            case "used":
                Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
                break;
            case "expired":
                _clock.Advance(TimeSpan.FromHours(24));
                break;
            case "older":
                _clock.Advance(TimeSpan.FromMinutes(10));
                using (await client.PostAsync(AccountLinks.Resend, new { email = client.Person.Email }))
                {
                    Assert.That(await api.LinksToAsync(client.Person.Email, Link.ConfirmEmail), Has.Exactly(2).Items);
                }

                break;
            case "foreign user":
                values["userId"] = $"{await (await api.SignedInAsync()).IdAsync()}";
                break;
            case "foreign server":
                await using (var other = Api.Start(clock: _clock))
                {
                    var stranger = await other.Anonymous().RegisteredAsync();
                    values["token"] = (await other.LinksToAsync(stranger.Email, Link.ConfirmEmail)).Single().Token;
                }

                break;
            case "other purpose":
                values["token"] = (await api.ForgottenAsync(client.Person.Email)).Token;
                break;
            case "changed":
                values["token"] = $"{(link.Token[0] == 'C' ? 'D' : 'C')}{link.Token[1..]}";
                break;
            case "garbage":
                values["token"] = "n\u00F6 token at all";
                break;
            case "disabled account":
                await api.InDatabaseAsync(context =>
                    context.Accounts.ExecuteUpdateAsync(set =>
                        set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch)
                    )
                );
                break;
            case "deleted account":
                using (var deleted = await client.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword }))
                {
                    Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(token));
        }

        return values;
    }

    private static async Task<bool> IsConfirmedAsync(ApiClient client) =>
        (await client.ReadJsonAsync(ApiClient.Me)).GetProperty("emailConfirmed").GetBoolean();
}
