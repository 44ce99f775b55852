using Fitnessify.WebApi.Tests.Support;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class LogoutUserTests
{
    [Test]
    public async Task Ends_the_session_at_once()
    {
        var client = await Api.Shared.SignedInAsync();
        using var before = await client.GetAsync(ApiClient.Me);
        using var logout = await client.PostAsync(ApiClient.Logout);
        using var me = await client.GetAsync(ApiClient.Me);
        using var again = await client.PostAsync(ApiClient.Logout);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await logout.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(logout.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(await logout.Content.ReadAsStringAsync(), Is.Empty);
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(me.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
        });
    }

    [Test]
    public async Task Leaves_the_other_sessions_of_the_user_alone()
    {
        var (phone, tablet) = (await Api.Shared.SignedInAsync(), Api.Shared.Anonymous());
        await tablet.SignInAsync(phone.Person);
        using var logout = await phone.PostAsync(ApiClient.Logout);
        using var me = await tablet.GetAsync(ApiClient.Me);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }
}
