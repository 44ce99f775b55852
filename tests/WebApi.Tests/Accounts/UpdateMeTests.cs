using System.Text;
using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Accounts;

public sealed class UpdateMeTests
{
    private const string MergePatch = "application/merge-patch+json";

    [TestCase("application/json")]
    [TestCase(MergePatch)]
    [TestCase("application/merge-patch+json; charset=utf-8")]
    public async Task Changes_the_username(string type)
    {
        var client = await Api.Shared.SignedInAsync();
        using var before = await client.GetAsync(ApiClient.Me);
        var (old, name) = (client.Person.Username, Person.Random().Username);
        using var response = await PatchAsync(client, $$"""{"username":" {{name}} "}""", type);
        using var me = await client.GetAsync(ApiClient.Me);
        using var withNew = await client.LoginAsync(name);
        using var withOld = await client.LoginAsync(old);
        using var oldIsFree = await client.RegisterAsync(Person.Random() with { Username = old });
        var expected = (await before.JsonAsync())
            .ToString()
            .Replace($"\"username\":\"{old}\"", $"\"username\":\"{name}\"", StringComparison.Ordinal);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That((await response.JsonAsync()).ToString(), Is.EqualTo(expected));
            Assert.That((await me.JsonAsync()).ToString(), Is.EqualTo(expected));
            Assert.That(await withNew.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await withOld.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await oldIsFree.OutcomeAsync(), Is.EqualTo("201"));
        });
    }

    [Test]
    public async Task Changes_the_name_the_language_and_the_time_zone()
    {
        var client = await Api.Shared.SignedInAsync();

        using var set = await PatchAsync(
            client,
            """{"displayName":" Ann B. ","locale":"de-AT","timeZone":"Europe/Vienna"}""",
            MergePatch
        );
        using var kept = await PatchAsync(client, """{"locale":"fr"}""", MergePatch);
        using var reset = await PatchAsync(
            client,
            """{"displayName":null,"locale":null,"timeZone":null}""",
            MergePatch
        );

        Assert.That(Shown(await set.JsonAsync()), Is.EqualTo(("Ann B.", "de-AT", "Europe/Vienna")));
        Assert.That(Shown(await kept.JsonAsync()), Is.EqualTo(("Ann B.", "fr", "Europe/Vienna")));
        Assert.That(Shown(await reset.JsonAsync()), Is.EqualTo(((string?)null, "en", "UTC")));

        static (string?, string?, string?) Shown(JsonElement user) =>
            (
                user.GetProperty("displayName").GetString(),
                user.GetProperty("locale").GetString(),
                user.GetProperty("timeZone").GetString()
            );
    }

    [TestCase("""{"displayName":" "}""", "#/displayName required")]
    [TestCase("""{"displayName":1}""", "#/displayName invalid_type")]
    [TestCase("""{"locale":"de_AT"}""", "#/locale invalid_format")]
    [TestCase("""{"timeZone":"Mars/Olympus"}""", "#/timeZone invalid_format")]
    [TestCase("""{"timeZone":"W. Europe Standard Time"}""", "#/timeZone invalid_format")]
    [TestCase("""{"timeZone":""}""", "#/timeZone invalid_format")]
    [TestCase("""{"timeZone":1}""", "#/timeZone invalid_type")]
    public async Task Names_the_member_of_the_profile_that_is_wrong(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await PatchAsync(client, body, MergePatch);
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Changes_only_the_case_of_the_username()
    {
        var client = await Api.Shared.SignedInAsync();
        var username = client.Person.Username.ToUpperInvariant();
        using var response = await client.PatchAsync(ApiClient.Me, new { username });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await response.JsonAsync()).Text("username"), Is.EqualTo(username));
    }

    [Test]
    public async Task Neither_changes_nor_records_anything_for_equal_values([Values] bool isEmpty)
    {
        var client = await Api.Shared.SignedInAsync();
        using var before = await client.GetAsync(ApiClient.Me);
        using var response = await PatchAsync(
            client,
            isEmpty ? "{}" : $$"""{"username":"{{client.Person.Username}}"}""",
            MergePatch
        );
        using var events = await client.GetAsync(ApiClient.Events);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await response.JsonAsync()).ToString(), Is.EqualTo((await before.JsonAsync()).ToString()));
        Assert.That(
            (await events.JsonAsync()).Items().Select(item => item.Text("type")),
            Has.None.EqualTo("usernameChanged")
        );
    }

    [Test]
    public async Task Refuses_a_taken_username()
    {
        var (client, other) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var username = other.Person.Username.ToUpperInvariant();
        using var response = await client.PatchAsync(ApiClient.Me, new { username });
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 username_taken"));
        Assert.That((await me.JsonAsync()).Text("username"), Is.EqualTo(client.Person.Username));
    }

    [Test]
    public async Task Gives_a_name_to_one_of_twenty_concurrent_requests()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Api.Shared.SignedInAsync()));
        var username = Person.Random().Username;
        var responses = await Task.WhenAll(clients.Select(user => user.PatchAsync(ApiClient.Me, new { username })));
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        Assert.That(outcomes.Order(), Is.EqualTo((string[])["200", .. Enumerable.Repeat("409 username_taken", 19)]));
    }

    [TestCase("""{"username":null}""", "400 validation_failed", "#/username required")]
    [TestCase("""{"username":" "}""", "400 validation_failed", "#/username required")]
    [TestCase("""{"username":"ab"}""", "400 validation_failed", "#/username too_short")]
    [TestCase("""{"username":"-abc"}""", "400 validation_failed", "#/username invalid_format")]
    [TestCase("""{"username":"admin"}""", "400 validation_failed", "#/username not_allowed")]
    [TestCase("""{"username":5}""", "400 validation_failed", "#/username invalid_type")]
    [TestCase("""{"username":["abc"]}""", "400 validation_failed", "#/username invalid_type")]
    [TestCase("""[]""", "400 validation_failed", "# invalid_type")]
    [TestCase("""{"email":"a@b.c"}""", "400 unknown_member", "#/email not_allowed")]
    [TestCase("""{"roles":["admin"]}""", "400 unknown_member", "#/roles not_allowed")]
    [TestCase("""{"username":"abc","username":"abd"}""", "400 malformed_json")]
    [TestCase("", "400 malformed_json")]
    public async Task Refuses_an_invalid_body(string body, string outcome, params string[] errors)
    {
        using var response = await PatchAsync(await Api.Shared.SignedInAsync(), body, MergePatch);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    [TestCase("text/plain")]
    [TestCase("application/json-patch+json")]
    [TestCase("application/merge-patch+json; charset=utf-16")]
    public async Task Refuses_other_patch_formats(string type)
    {
        using var response = await PatchAsync(await Api.Shared.SignedInAsync(), "{}", type);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("415 unsupported_media_type"));
    }

    private static Task<HttpResponseMessage> PatchAsync(ApiClient client, string body, string type) =>
        client.SendRawAsync("PATCH", ApiClient.Me, Encoding.UTF8.GetBytes(body), type);
}
