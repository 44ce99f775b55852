using Fitnessify.Application.Identities;
using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>The last way to sign in cannot be taken away, whatever it is.</summary>
public sealed class LastCredentialTests : IdentityTests
{
    private readonly List<SoftAuthenticator> _authenticators = [];
    private Guid _userId;
    private List<string> _passkeys = [];
    private List<Guid> _identities = [];

    [TearDown]
    public void DisposeAuthenticators() => _authenticators.ForEach(authenticator => authenticator.Dispose());

    private static IEnumerable<TestCaseData> Combinations() =>
        from password in new[] { false, true }
        from passkeys in Enumerable.Range(0, 3)
        from identities in Enumerable.Range(0, 3)
        where password || passkeys + identities > 0
        select new TestCaseData(password, passkeys, identities);

    [TestCaseSource(nameof(Combinations))]
    public async Task A_removal_leaves_a_way_to_sign_in(bool hasPassword, int passkeys, int identities)
    {
        var isLast = (hasPassword ? 1 : 0) + passkeys + identities == 1;
        if (passkeys > 0)
        {
            await ArrangeAsync(hasPassword, passkeys, identities);
            await RemoveAsync(new RemovePasskeyCommand(_passkeys[0]), isLast, passkeys - 1, identities);
        }

        if (identities > 0)
        {
            await ArrangeAsync(hasPassword, passkeys, identities);
            await RemoveAsync(new UnlinkIdentityCommand(_identities[0]), isLast, passkeys, identities - 1);
        }
    }

    // Each of the two leaves the other, but both together would leave nothing.
    [TestCase(2, 0)]
    [TestCase(1, 1)]
    [TestCase(0, 2)]
    public async Task Of_two_removals_during_each_other_one_is_refused(int passkeys, int identities)
    {
        await ArrangeAsync(hasPassword: false, passkeys, identities);
        var requests = Removals();
        Saves.BeforeNextSave = async () => Assert.That(await ErrorOfAsync(requests[0]), Is.Null);

        Assert.That((await ErrorOfAsync(requests[1]))?.Code, Is.EqualTo("reauthentication_required"));

        await ReauthenticateAsync();
        Assert.That((await ErrorOfAsync(requests[1]))?.Code, Is.EqualTo("last_credential"));
        Assert.That((await Records.UserAsync(_userId))!.SignInMethods, Has.Count.EqualTo(1));
    }

    [TestCase(2, 0)]
    [TestCase(1, 1)]
    [TestCase(0, 2)]
    public async Task Of_two_removals_at_once_one_is_refused(int passkeys, int identities)
    {
        await ArrangeAsync(hasPassword: false, passkeys, identities);

        var errors = await AtOnceAsync(Removals().Cast<MediatR.IRequest<Domain.Common.Result>>());

        Assert.That(errors, Has.Exactly(1).Null);
        Assert.That((await Records.UserAsync(_userId))!.SignInMethods, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_else_of_a_refused_removal_is_stored()
    {
        await ArrangeAsync(hasPassword: false, passkeys: 0, identities: 1);
        var before = (await Records.AccountAsync(_userId))!.SecurityStamp;
        var session = await SignInByIdentityAsync(Subject);
        await ReauthenticateAsync();
        var events = (await RecordedAsync(_userId)).Count;
        var mails = (await Records.MailsAsync(_userId)).Count;

        await FailsAsync(new UnlinkIdentityCommand(_identities[0]), "last_credential");

        Assert.That((await SessionAsync(session)).IsLive(Now), Is.True);
        Assert.That((await Records.AccountAsync(_userId))!.SecurityStamp, Is.EqualTo(before));
        Assert.That((await RecordedAsync(_userId)).Count, Is.EqualTo(events));
        Assert.That(await Records.MailsAsync(_userId), Has.Count.EqualTo(mails));
    }

    private List<MediatR.IBaseRequest> Removals() =>
        [
            .. _passkeys.Select(id => new RemovePasskeyCommand(id)),
            .. _identities.Select(id => new UnlinkIdentityCommand(id)),
        ];

    private async Task RemoveAsync(MediatR.IBaseRequest request, bool isLast, int passkeys, int identities)
    {
        Assert.That((await ErrorOfAsync(request))?.Code, Is.EqualTo(isLast ? "last_credential" : null));

        var left = (
            (await SendAsync(new ListPasskeysQuery())).Value!.Items.Count,
            (await Records.IdentitiesAsync(_userId)).Count
        );
        Assert.That(left, Is.EqualTo(isLast ? (_passkeys.Count, _identities.Count) : (passkeys, identities)));
    }

    /// <summary>Creates an account with these credentials, whose session is reauthenticated.</summary>
    private async Task ArrangeAsync(bool hasPassword, int passkeys, int identities)
    {
        var account = await SignInNewUserAsync();
        (_userId, _passkeys, _identities) = (account.UserId, [], []);
        for (var i = 0; i < passkeys; i++)
        {
            var authenticator = PasskeyCalls.Authenticator();
            _authenticators.Add(authenticator);
            var added = await SendAsync(await Server.RegistrationAsync(authenticator, Password));
            _passkeys.Add(added.Value!.Id);
        }

        for (var i = 0; i < identities; i++)
        {
            // The first identity of a test has the subject that the test signs in by.
            var subject = (await Records.LinksOfAsync(Subject)).Count == 0 ? Subject : FakeIdentityTokens.NewSubject();
            _identities.Add((await StoreAsync(_userId, subject)).Id);
        }

        if (!hasPassword)
        {
            await Server.RemovePasswordAsync(_userId);
        }

        await ReauthenticateAsync();
    }

    private Task ReauthenticateAsync() =>
        SaveAsync(
            async (ISessionRepository sessions) =>
            {
                var stamp = (await Records.AccountAsync(_userId))!.SecurityStamp;
                (await sessions.FindAsync(Server.Caller.Session!.Id, default))!.Reauthenticate(stamp, Now);
            }
        );
}
