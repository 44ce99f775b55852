namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class SetNotificationSettingsTests
{
    [TestCase(
        """{"email":true,"push":true,"quietFrom":"22:00","quietTo":"06:30"}""",
        """{"email":true,"push":true,"quietFrom":"22:00","quietTo":"06:30"}"""
    )]
    [TestCase(
        """{"email":false,"push":true,"quietFrom":"00:00","quietTo":"23:59"}""",
        """{"email":false,"push":true,"quietFrom":"00:00","quietTo":"23:59"}"""
    )]
    [TestCase(
        """{"email":true,"push":true,"quietFrom":null,"quietTo":null}""",
        """{"email":true,"push":true,"quietFrom":null,"quietTo":null}"""
    )]
    public async Task Returns_and_keeps_the_settings(string body, string expected)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await SetAsync(client, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await response.JsonAsync()).ToString(), Is.EqualTo(expected));
        Assert.That((await client.ReadAsync(NotificationCalls.Settings)).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Replaces_all_settings()
    {
        var client = await Api.Shared.SignedInAsync();
        using var full = await SetAsync(client, """{"email":true,"push":true,"quietFrom":"22:00","quietTo":"06:30"}""");
        using var bare = await SetAsync(client, """{"email":true,"push":false}""");
        Assert.That(await full.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Settings)).ToString(),
            Is.EqualTo("""{"email":true,"push":false,"quietFrom":null,"quietTo":null}""")
        );
    }

    [TestCase("{}", "#/email required", "#/push required")]
    [TestCase("""{"email":null,"push":true}""", "#/email required")]
    [TestCase("""{"email":true,"push":null}""", "#/push required")]
    [TestCase("""{"email":"ann@example.com","push":true}""", "#/email invalid_type")]
    [TestCase("""{"email":true,"push":true,"quietFrom":"22:00"}""", "#/quietTo required")]
    [TestCase("""{"email":true,"push":true,"quietTo":"22:00","quietFrom":null}""", "#/quietFrom required")]
    [TestCase("""{"email":true,"push":true,"quietFrom":"22:00","quietTo":"22:00"}""", "#/quietTo not_allowed")]
    [TestCase("""{"email":true,"push":true,"quietFrom":"24:00","quietTo":"06:00"}""", "#/quietFrom invalid_format")]
    [TestCase("""{"email":true,"push":true,"quietFrom":"22:00","quietTo":"6:00"}""", "#/quietTo invalid_format")]
    [TestCase("""{"email":true,"push":true,"quietFrom":"22:00","quietTo":""}""", "#/quietTo invalid_format")]
    [TestCase(
        """{"email":true,"push":true,"quietFrom":"x","quietTo":"x"}""",
        "#/quietFrom invalid_format",
        "#/quietTo invalid_format"
    )]
    [TestCase("""{"email":true,"push":true,"quietFrom":"22:00:00","quietTo":"06:00"}""", "#/quietFrom invalid_format")]
    [TestCase("""{"email":true,"push":true,"quietFrom":2200,"quietTo":"06:00"}""", "#/quietFrom invalid_type")]
    public async Task Refuses_an_invalid_value_and_changes_nothing(string body, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        var before = (await client.ReadAsync(NotificationCalls.Settings)).ToString();
        using var response = await SetAsync(client, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
        Assert.That((await client.ReadAsync(NotificationCalls.Settings)).ToString(), Is.EqualTo(before));
    }

    // The time zone belongs to the profile.
    [TestCase("""{"email":true,"timeZone":"UTC"}""", "400 unknown_member")]
    [TestCase("""{"email":true,"phone":true}""", "400 unknown_member")]
    [TestCase("""{"email":true,"email":false}""", "400 malformed_json")]
    [TestCase("", "400 malformed_json")]
    public async Task Refuses_an_invalid_body(string body, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await SetAsync(client, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }

    private static Task<HttpResponseMessage> SetAsync(ApiClient client, string body) =>
        client.SendJsonAsync("PUT", NotificationCalls.Settings, body);
}
