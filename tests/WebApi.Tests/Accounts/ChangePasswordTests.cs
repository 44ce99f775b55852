namespace Fitnessify.WebApi.Tests.Accounts;

public sealed class ChangePasswordTests
{
    private const string NewPassword = "Copper-Lantern-58-Orchard";

    [Test]
    public async Task Ends_the_other_sessions_and_invalidates_the_old_password_at_once()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        using var before = await tablet.GetAsync(ApiClient.Me);
        using var changed = await ChangeAsync(phone);
        using var tabletsMe = await tablet.GetAsync(ApiClient.Me);
        using var tabletsRefresh = await tablet.RefreshAsync();
        using var me = await phone.GetAsync(ApiClient.Me);
        using var refresh = await phone.RefreshAsync();
        using var withOld = await phone.LoginAsync(phone.Person.Email);
        using var withNew = await phone.LoginAsync(phone.Person.Email, NewPassword);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await changed.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(changed.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(await tabletsMe.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(await tabletsRefresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await withOld.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            Assert.That(await withNew.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [TestCase(Person.GoodPassword, "same_as_old")]
    [TestCase("kV9#tq2!Zr7", "too_short")]
    [TestCase("password1234", "too_weak")]
    [TestCase("kV9#tq2!Zr7x-{username}", "contains_identity")]
    public async Task Rejects_an_unacceptable_new_password_and_keeps_the_old_one(string newPassword, string reasons)
    {
        var client = await Api.Shared.SignedInAsync();
        newPassword = newPassword.Replace("{username}", client.Person.Username, StringComparison.Ordinal);
        using var response = await ChangeAsync(client, newPassword: newPassword);
        using var login = await client.LoginAsync(client.Person.Username);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("422 password_rejected"));
        Assert.That(await response.ReasonsAsync(), Is.EqualTo(reasons));
        Assert.That(await login.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Allows_ten_wrong_current_passwords()
    {
        var client = await Api.Shared.SignedInAsync();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await ChangeAsync(client, "Wrong-Kettle-93-Umbrella");
            Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
            Assert.That(wrong.Header("WWW-Authenticate"), Is.Null);
        }

        using var right = await ChangeAsync(client);
        using var me = await client.GetAsync(ApiClient.Me);
        // Somebody who guesses in a stolen session does not lock the owner out.
        using var login = await client.LoginAsync(client.Person.Username);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await right.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
            Assert.That(right.Header("Retry-After"), Does.Match("^[1-9][0-9]*$"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await login.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [TestCase("""{}""", "#/newPassword required")]
    [TestCase("""{"currentPassword":"x","newPassword":null}""", "#/newPassword required")]
    [TestCase("""{"currentPassword":"x","newPassword":"a\u0007"}""", "#/newPassword invalid_format")]
    [TestCase("""{"currentPassword":"x","newPassword":1}""", "#/newPassword invalid_type")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendRawAsync(
            "PUT",
            ApiClient.Password,
            System.Text.Encoding.UTF8.GetBytes(body),
            "application/json"
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static Task<HttpResponseMessage> ChangeAsync(
        ApiClient client,
        string currentPassword = Person.GoodPassword,
        string newPassword = NewPassword
    ) => client.PutAsync(ApiClient.Password, new { currentPassword, newPassword });
}
