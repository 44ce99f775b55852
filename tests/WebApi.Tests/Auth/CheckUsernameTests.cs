namespace Fitnessify.WebApi.Tests.Auth;

public sealed class CheckUsernameTests
{
    private const string Availability = "/api/v1/auth/username-availability";

    private readonly ApiClient _client = Api.Shared.Anonymous();

    [Test]
    public async Task Tells_that_a_name_is_free_and_registration_agrees()
    {
        var person = Person.Random();
        Assert.That(
            await CheckAsync($" {person.Username} "),
            Is.EqualTo($$"""{"username":"{{person.Username}}","available":true,"reason":null}""")
        );
        using var registered = await _client.RegisterAsync(person);
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("201"));
    }

    [Test]
    public async Task Tells_that_a_name_is_taken_in_any_case()
    {
        var username = (await _client.RegisteredAsync()).Username.ToUpperInvariant();
        Assert.That(
            await CheckAsync(username),
            Is.EqualTo($$"""{"username":"{{username}}","available":false,"reason":"taken"}""")
        );
    }

    [TestCase("admin", "reserved")]
    [TestCase("RooT", "reserved")]
    [TestCase("ab", "invalid")]
    [TestCase("abcdefghijabcdefghijabcdefghijk", "invalid")]
    [TestCase("-abc", "invalid")]
    [TestCase("a b", "invalid")]
    [TestCase("\u00E4bcd", "invalid")]
    [TestCase("abc\u0000d", "invalid")]
    public async Task Tells_why_a_name_cannot_be_had(string username, string reason)
    {
        using var answer = await GetAsync(username);
        var availability = await answer.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(availability.Text("username"), Is.EqualTo(username));
            Assert.That(availability.GetProperty("available").GetBoolean(), Is.False);
            Assert.That(availability.Text("reason"), Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Does_not_tell_whether_an_address_is_known()
    {
        var known = await _client.RegisteredAsync();
        Assert.That(await CheckAsync(known.Email), Does.Contain("\"reason\":\"invalid\""));
    }

    [TestCase("")]
    [TestCase("?username=")]
    [TestCase("?username=%20")]
    public async Task Needs_a_name(string query)
    {
        using var answer = await _client.GetAsync(Availability + query);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])["username required"]));
    }

    private Task<HttpResponseMessage> GetAsync(string username) =>
        _client.GetAsync($"{Availability}?username={Uri.EscapeDataString(username)}");

    private async Task<string> CheckAsync(string username)
    {
        using var answer = await GetAsync(username);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        return await answer.Content.ReadAsStringAsync();
    }
}
