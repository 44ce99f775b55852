namespace Fitnessify.WebApi.Tests.Accounts;

public sealed class DeleteMeTests
{
    [Test]
    public async Task Deletes_all_data_of_the_account()
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
            Assert.That(await login.VisiblePartsAsync(), Is.EqualTo(await unknown.VisiblePartsAsync()));
            Assert.That(await login.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await sameAgain.OutcomeAsync(), Is.EqualTo("201"));
            Assert.That(await ghost.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
        });
    }

    [Test]
    public async Task Keeps_the_account_after_a_wrong_password()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await DeleteAsync(client, "Wrong-Kettle-93-Umbrella");
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("""{"code":"123456"}""", "#/password required")]
    [TestCase("""{"password":""}""", "#/password required")]
    [TestCase("""{"password":true}""", "#/password invalid_type")]
    public async Task Refuses_an_invalid_body(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(ApiClient.Deletion, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Succeeds_for_one_of_ten_concurrent_requests()
    {
        var client = await Api.Shared.SignedInAsync();
        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DeleteAsync(client)));
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        Assert.That(outcomes.Order(), Is.EqualTo((string[])["204", .. Enumerable.Repeat("401 session_revoked", 9)]));
    }

    private static Task<HttpResponseMessage> DeleteAsync(ApiClient client, string password = Person.GoodPassword) =>
        client.PostAsync(ApiClient.Deletion, new { password });
}
