namespace Fitnessify.WebApi.Tests.Accounts;

public sealed class DeleteMeTests
{
    [Test]
    public async Task Leaves_nothing_of_the_account()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        using var before = await tablet.GetAsync(ApiClient.Me);
        using var deleted = await DeleteAsync(phone);
        using var phonesMe = await phone.GetAsync(ApiClient.Me);
        using var tabletsMe = await tablet.GetAsync(ApiClient.Me);
        using var refresh = await phone.RefreshAsync();
        using var logout = await phone.PostAsync(ApiClient.Logout, new { refreshToken = phone.RefreshToken });
        using var login = await phone.LoginAsync(phone.Person.Username);
        using var unknown = await phone.LoginAsync(Person.Random().Username);
        using var sameAgain = await phone.RegisterAsync(phone.Person);
        using var ghost = await phone.GetAsync(ApiClient.Me);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await phonesMe.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(await tabletsMe.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await logout.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await login.FaceAsync(), Is.EqualTo(await unknown.FaceAsync()));
            Assert.That(await login.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await sameAgain.OutcomeAsync(), Is.EqualTo("201"));
            Assert.That(await ghost.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
        });
    }

    [Test]
    public async Task Keeps_the_account_of_whoever_gives_a_wrong_password()
    {
        var client = await Api.Shared.SignedInAsync();
        using var answer = await DeleteAsync(client, "Wrong-Kettle-93-Umbrella");
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("""{}""", "#/password required")]
    [TestCase("""{"password":""}""", "#/password required")]
    [TestCase("""{"password":true}""", "#/password invalid_type")]
    public async Task Refuses_a_wrong_shape(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var answer = await client.PostRawAsync(ApiClient.Deletion, body);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Happens_once_when_ten_ask_for_it_at_once()
    {
        var client = await Api.Shared.SignedInAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DeleteAsync(client)));
        var outcomes = await Task.WhenAll(answers.Select(answer => answer.OutcomeAsync()));
        Assert.That(outcomes.Order(), Is.EqualTo((string[])["204", .. Enumerable.Repeat("401 session_revoked", 9)]));
    }

    private static Task<HttpResponseMessage> DeleteAsync(ApiClient client, string password = Person.GoodPassword) =>
        client.PostAsync(ApiClient.Deletion, new { password });
}
