namespace Fitnessify.WebApi.Tests.Identities;

public sealed class UnlinkIdentityTests
{
    private readonly string _subject = IdentityCalls.NewSubject();

    [Test]
    public async Task Ends_the_sessions_that_the_identity_has_started()
    {
        var owner = await Api.Shared.SignedInAsync();
        using var linked = await owner.LinkAsync(Api.Google.Proof(_subject));
        var id = (await linked.JsonAsync()).Text("id");
        var (other, byPassword) = (Api.Shared.Anonymous(), await Api.Shared.SignedInAsync(owner.Person));
        using var signedIn = await other.LoginIdentityAsync(Api.Google.Proof(_subject));
        await other.KeepAsync(signedIn);

        using var unlinked = await owner.PostAsync(
            IdentityCalls.DeletionOf(id),
            new { password = owner.Person.Password }
        );

        Assert.That(await unlinked.OutcomeAsync(), Is.EqualTo("204"));
        using var ended = await other.GetAsync(ApiClient.Me);
        using var live = await byPassword.GetAsync(ApiClient.Me);
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
        Assert.That(await live.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await owner.ListIdentitiesAsync(), Is.Empty);
    }

    [Test]
    public async Task Frees_the_identity_for_another_account()
    {
        var owner = await Api.Shared.SignedInAsync();
        using var linked = await owner.LinkAsync(Api.Google.Proof(_subject));
        var id = (await linked.JsonAsync()).Text("id");
        using var unlinked = await owner.PostAsync(
            IdentityCalls.DeletionOf(id),
            new { password = owner.Person.Password }
        );

        var other = Api.Shared.Anonymous();
        await other.SignUpByIdentityAsync(Api.Google, _subject);

        Assert.That(await other.IdAsync(), Is.Not.EqualTo(await owner.IdAsync()));
    }
}
