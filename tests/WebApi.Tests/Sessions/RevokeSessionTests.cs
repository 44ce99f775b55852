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
    public async Task Ends_the_own_session_too()
    {
        var phone = await Api.Shared.SignedInAsync();
        using var ended = await EndAsync(phone, phone.SessionId);
        using var me = await phone.GetAsync(ApiClient.Me);
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task Finds_a_foreign_session_no_more_than_one_that_never_was()
    {
        var (user, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var (foreign, unknown) = (stranger.SessionId, Guid.NewGuid());
        using var foreignAnswer = await EndAsync(user, foreign);
        using var unknownAnswer = await EndAsync(user, unknown);
        using var me = await stranger.GetAsync(ApiClient.Me);
        Assert.That(
            (await foreignAnswer.FaceAsync()).Replace($"{foreign}", "", StringComparison.Ordinal),
            Is.EqualTo((await unknownAnswer.FaceAsync()).Replace($"{unknown}", "", StringComparison.Ordinal))
        );
        Assert.That(await foreignAnswer.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("x")]
    [TestCase("1")]
    [TestCase("0197a000-0000-7000-8000-00000000000g")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public async Task Finds_nothing_under_what_is_no_id(string id)
    {
        using var answer = await (await Api.Shared.SignedInAsync()).DeleteAsync($"{ApiClient.Sessions}/{id}");
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    private static Task<HttpResponseMessage> EndAsync(ApiClient client, Guid id) =>
        client.DeleteAsync($"{ApiClient.Sessions}/{id}");
}
