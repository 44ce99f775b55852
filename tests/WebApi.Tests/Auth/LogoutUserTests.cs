namespace Fitnessify.WebApi.Tests.Auth;

public sealed class LogoutUserTests
{
    [Test]
    public async Task Ends_the_session_at_once([Values] bool hasBody)
    {
        var client = await Api.Shared.SignedInAsync();
        using var before = await client.GetAsync(ApiClient.Me);
        using var logout = await LogoutAsync();
        using var me = await client.GetAsync(ApiClient.Me);
        using var refresh = await client.RefreshAsync();
        using var again = await LogoutAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await logout.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(logout.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(await logout.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(me.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
        });

        Task<HttpResponseMessage> LogoutAsync() =>
            hasBody ? client.PostRawAsync(ApiClient.Logout, "{}") : client.PostAsync(ApiClient.Logout);
    }

    [Test]
    public async Task Leaves_the_other_sessions_of_the_user_alone()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        using var logout = await phone.PostAsync(ApiClient.Logout);
        using var me = await tablet.GetAsync(ApiClient.Me);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Accepts_a_refresh_token_instead_any_number_of_times()
    {
        var client = await Api.Shared.SignedInAsync();
        using var before = await client.GetAsync(ApiClient.Me);
        using var logout = await LogoutAsync(Api.Shared.Anonymous(), client.RefreshToken);
        using var me = await client.GetAsync(ApiClient.Me);
        using var refresh = await client.RefreshAsync();
        using var again = await LogoutAsync(Api.Shared.Anonymous(), client.RefreshToken);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await logout.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("204"));
        });
    }

    [Test]
    public async Task Ends_the_session_of_the_refresh_token_when_both_tokens_are_sent()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        using var logout = await LogoutAsync(phone, tablet.RefreshToken);
        using var ended = await tablet.GetAsync(ApiClient.Me);
        using var me = await phone.GetAsync(ApiClient.Me);
        Assert.That(await logout.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Works_with_the_refresh_token_when_the_access_token_has_expired()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var client = await api.SignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(15));
        using var bare = await client.PostAsync(ApiClient.Logout);
        using var without = await client.PostRawAsync(ApiClient.Logout, "{}");
        using var with = await LogoutAsync(client, client.RefreshToken);
        using var refresh = await client.RefreshAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await bare.OutcomeAsync(), Is.EqualTo("401 token_expired"));
            Assert.That(await without.OutcomeAsync(), Is.EqualTo("401 token_expired"));
            Assert.That(without.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
            Assert.That(await with.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        });
    }

    [TestCase("""{}""", "401 unauthenticated")]
    [TestCase("""{"refreshToken":null}""", "401 unauthenticated")]
    [TestCase("", "401 unauthenticated")]
    [TestCase("""{"refreshToken":""}""", "401 refresh_token_invalid")]
    [TestCase("""{"refreshToken":"garbage"}""", "401 refresh_token_invalid")]
    [TestCase("""{"refreshToken":1}""", "400 validation_failed")]
    [TestCase("""{"x":1}""", "400 unknown_member")]
    [TestCase("""{""", "400 malformed_json")]
    public async Task Ends_no_session_without_any_token(string body, string outcome)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(ApiClient.Logout, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(
            response.Header("WWW-Authenticate"),
            Is.EqualTo(outcome == "401 unauthenticated" ? "Bearer" : null)
        );
    }

    [Test]
    public async Task Ends_no_session_with_an_invalid_refresh_token_beside_a_valid_access_token()
    {
        var client = await Api.Shared.SignedInAsync();
        using var logout = await LogoutAsync(client, client.AccessToken);
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await logout.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    private static Task<HttpResponseMessage> LogoutAsync(ApiClient client, string refreshToken) =>
        client.PostAsync(ApiClient.Logout, new { refreshToken });
}
