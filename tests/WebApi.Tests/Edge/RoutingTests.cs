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
    public async Task An_unknown_path_is_not_found_for_any_caller(string path)
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
    public async Task The_root_redirects_a_browser_to_the_documentation(string method, string accept)
    {
        using var response = await _client.SendAsync(method, "/", ("Accept", accept));
        Assert.That(((int)response.StatusCode, response.Header("Location")), Is.EqualTo((302, "/docs")));
    }

    [TestCase("GET", "*/*")]
    [TestCase("GET", "application/json")]
    [TestCase("POST", "text/html")]
    public async Task The_root_redirects_no_other_client(string method, string accept)
    {
        using var response = await _client.SendAsync(method, "/", ("Accept", accept));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    [TestCase("/nothing")]
    [TestCase("/api/v1")]
    public async Task No_other_path_redirects_a_browser_to_the_documentation(string path)
    {
        using var response = await _client.SendAsync("GET", path, ("Accept", "text/html"));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
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
    public async Task The_allowed_methods_of_a_path_are_returned_to_any_caller(
        string method,
        string path,
        string allowed
    )
    {
        using var response = await _client.SendAsync(method, path);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("405 method_not_allowed"));
            Assert.That(response.Header("Allow"), Is.EqualTo(allowed));
        });
    }

    [TestCase("text/html")]
    [TestCase("application/xml, text/*;q=0.5")]
    [TestCase("application/json;q=0")]
    [TestCase("application/jsonx")]
    public async Task Refuses_clients_that_do_not_accept_JSON(string accept)
    {
        using var response = await _client.SendAsync("POST", ApiClient.Login, ("Accept", accept));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("406 not_acceptable"));
    }

    [TestCase("*/*")]
    [TestCase("application/*;q=0.1, text/html")]
    [TestCase("text/html, application/json")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/problem+json, application/json")]
    [TestCase("garbage")]
    public async Task Responds_to_every_client_that_accepts_JSON(string accept)
    {
        using var response = await (await Api.Shared.SignedInAsync()).SendAsync(
            "GET",
            ApiClient.Me,
            ("Accept", accept)
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Does_nothing_for_a_client_that_it_cannot_respond_to()
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
    public async Task The_liveness_check_succeeds()
    {
        using var response = await _client.GetAsync("/health/live");
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"healthy"}"""));
    }
}
