namespace Fitnessify.WebApi.Tests.Sessions;

public sealed class RevokeSessionTests
{
    [Test]
    public async Task Signs_the_device_out_at_once()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        using var before = await tablet.GetAsync(ApiClient.Me);
        using var ended = await EndAsync(phone, tablet.SessionId);
        using var me = await tablet.GetAsync(ApiClient.Me);
        using var refresh = await tablet.RefreshAsync();
        using var again = await EndAsync(phone, tablet.SessionId);
        using var own = await phone.GetAsync(ApiClient.Me);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("404 not_found"));
            Assert.That(await own.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task Ends_the_current_session_too()
    {
        var phone = await Api.Shared.SignedInAsync();
        using var ended = await EndAsync(phone, phone.SessionId);
        using var me = await phone.GetAsync(ApiClient.Me);
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task A_session_of_another_user_is_not_found_like_an_unknown_one()
    {
        var (user, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var (foreign, unknown) = (stranger.SessionId, Guid.NewGuid());
        using var foreignResponse = await EndAsync(user, foreign);
        using var unknownResponse = await EndAsync(user, unknown);
        using var me = await stranger.GetAsync(ApiClient.Me);
        Assert.That(
            (await foreignResponse.VisiblePartsAsync()).Replace($"{foreign}", "", StringComparison.Ordinal),
            Is.EqualTo((await unknownResponse.VisiblePartsAsync()).Replace($"{unknown}", "", StringComparison.Ordinal))
        );
        Assert.That(await foreignResponse.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("x")]
    [TestCase("1")]
    [TestCase("0197a000-0000-7000-8000-00000000000g")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public async Task An_invalid_id_is_not_found(string id)
    {
        using var response = await (await Api.Shared.SignedInAsync()).DeleteAsync($"{ApiClient.Sessions}/{id}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    private static Task<HttpResponseMessage> EndAsync(ApiClient client, Guid id) =>
        client.DeleteAsync($"{ApiClient.Sessions}/{id}");
}
