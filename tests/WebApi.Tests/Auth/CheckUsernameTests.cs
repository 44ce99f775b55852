namespace Fitnessify.WebApi.Tests.Auth;

public sealed class CheckUsernameTests
{
    private const string Availability = "/api/v1/auth/username-availability";

    private readonly ApiClient _client = Api.Shared.Anonymous();

    [Test]
    public async Task Reports_an_available_name_and_registration_agrees()
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
    public async Task Reports_a_taken_name_in_any_case()
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
    public async Task Reports_why_a_name_is_not_available(string username, string reason)
    {
        using var response = await GetAsync(username);
        var availability = await response.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(availability.Text("username"), Is.EqualTo(username));
            Assert.That(availability.GetProperty("available").GetBoolean(), Is.False);
            Assert.That(availability.Text("reason"), Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Does_not_reveal_whether_an_address_is_known()
    {
        var known = await _client.RegisteredAsync();
        Assert.That(await CheckAsync(known.Email), Does.Contain("\"reason\":\"invalid\""));
    }

    [TestCase("")]
    [TestCase("?username=")]
    [TestCase("?username=%20")]
    public async Task Requires_a_name(string query)
    {
        using var response = await _client.GetAsync(Availability + query);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["username required"]));
    }

    private Task<HttpResponseMessage> GetAsync(string username) =>
        _client.GetAsync($"{Availability}?username={Uri.EscapeDataString(username)}");

    private async Task<string> CheckAsync(string username)
    {
        using var response = await GetAsync(username);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        return await response.Content.ReadAsStringAsync();
    }
}
