namespace Fitnessify.WebApi.Tests.Edge;

public sealed class RoutingTests
{
    private readonly ApiClient _client = Api.Shared.Anonymous();

    [TestCase("/")]
    [TestCase("/api/v1")]
    [TestCase("/api/v1/nothing")]
    [TestCase("/api/v1/users/me/x")]
    [TestCase("/api/v2/users/me")]
    [TestCase("/openapi/v2.json")]
    [TestCase("/appsettings.json")]
    public async Task Finds_nothing_at_an_unknown_path_for_anybody(string path)
    {
        var user = await Api.Shared.SignedInAsync();
        foreach (var method in (string[])["GET", "POST", "DELETE"])
        {
            using var anonymous = await _client.SendAsync(method, path);
            using var signedIn = await user.SendAsync(method, path);
            await Assert.MultipleAsync(async () =>
            {
                Assert.That(await anonymous.OutcomeAsync(), Is.EqualTo("404 not_found"), method);
                Assert.That(await signedIn.OutcomeAsync(), Is.EqualTo("404 not_found"), method);
            });
        }
    }

    [TestCase("GET", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [TestCase("HEAD", "Text/HTML")]
    public async Task Leads_a_browser_from_the_root_to_the_documentation(string method, string accept)
    {
        using var answer = await _client.SendAsync(method, "/", ("Accept", accept));
        Assert.That(((int)answer.StatusCode, answer.Header("Location")), Is.EqualTo((302, "/docs")));
    }

    [TestCase("GET", "*/*")]
    [TestCase("GET", "application/json")]
    [TestCase("POST", "text/html")]
    public async Task Leads_nobody_else_from_the_root_anywhere(string method, string accept)
    {
        using var answer = await _client.SendAsync(method, "/", ("Accept", accept));
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    [TestCase("/nothing")]
    [TestCase("/api/v1")]
    public async Task Leads_a_browser_from_no_other_path_to_the_documentation(string path)
    {
        using var answer = await _client.SendAsync("GET", path, ("Accept", "text/html"));
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    [TestCase("DELETE", ApiClient.Login, "POST")]
    [TestCase("GET", ApiClient.Login, "POST")]
    [TestCase("PUT", ApiClient.Logout, "POST")]
    [TestCase("POST", ApiClient.Password, "PUT")]
    [TestCase("POST", ApiClient.Sessions, "DELETE, GET, HEAD")]
    [TestCase("GET", ApiClient.Sessions + "/0197a000-0000-7000-8000-000000000003", "DELETE")]
    [TestCase("POST", ApiClient.Me, "GET, HEAD, PATCH")]
    [TestCase("BREW", ApiClient.Me, "GET, HEAD, PATCH")]
    [TestCase("TRACE", ApiClient.Me, "GET, HEAD, PATCH")]
    public async Task Lists_the_methods_of_a_path_to_anybody(string method, string path, string allowed)
    {
        using var answer = await _client.SendAsync(method, path);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await answer.OutcomeAsync(), Is.EqualTo("405 method_not_allowed"));
            Assert.That(answer.Header("Allow"), Is.EqualTo(allowed));
        });
    }

    [TestCase("text/html")]
    [TestCase("application/xml, text/*;q=0.5")]
    [TestCase("application/json;q=0")]
    [TestCase("application/jsonx")]
    public async Task Has_only_JSON_to_offer(string accept)
    {
        using var answer = await _client.SendAsync("POST", ApiClient.Login, ("Accept", accept));
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("406 not_acceptable"));
    }

    [TestCase("*/*")]
    [TestCase("application/*;q=0.1, text/html")]
    [TestCase("text/html, application/json")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/problem+json, application/json")]
    [TestCase("garbage")]
    public async Task Answers_whoever_takes_JSON(string accept)
    {
        using var answer = await (await Api.Shared.SignedInAsync()).SendAsync("GET", ApiClient.Me, ("Accept", accept));
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Does_nothing_for_whom_it_cannot_answer()
    {
        var client = await Api.Shared.SignedInAsync();
        using var refused = await client.SendAsync("POST", ApiClient.Logout, ("Accept", "text/html"));
        using var me = await client.GetAsync(ApiClient.Me);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await refused.OutcomeAsync(), Is.EqualTo("406 not_acceptable"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task Tells_that_it_lives()
    {
        using var answer = await _client.GetAsync("/health/live");
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"healthy"}"""));
    }
}
