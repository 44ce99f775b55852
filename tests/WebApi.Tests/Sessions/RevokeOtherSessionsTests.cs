namespace Fitnessify.WebApi.Tests.Sessions;

public sealed class RevokeOtherSessionsTests
{
    [Test]
    public async Task Signs_out_all_devices_of_the_caller_but_this_one()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        var laptop = await Api.Shared.SignedInAsync(phone.Person);
        var stranger = await Api.Shared.SignedInAsync();
        using var before = await tablet.GetAsync(ApiClient.Me);
        using var ended = await phone.DeleteAsync(ApiClient.Sessions);
        using var again = await phone.DeleteAsync(ApiClient.Sessions);
        using var refresh = await laptop.RefreshAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("204"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await MeAsync(phone), Is.EqualTo("200"));
            Assert.That(await MeAsync(tablet), Is.EqualTo("401 session_revoked"));
            Assert.That(await MeAsync(laptop), Is.EqualTo("401 session_revoked"));
            Assert.That(await MeAsync(stranger), Is.EqualTo("200"));
        });
    }

    private static async Task<string> MeAsync(ApiClient client)
    {
        using var me = await client.GetAsync(ApiClient.Me);
        return await me.OutcomeAsync();
    }
}
