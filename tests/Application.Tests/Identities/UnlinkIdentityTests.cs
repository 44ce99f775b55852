using Fitnessify.Application.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

public sealed class UnlinkIdentityTests : IdentityTests
{
    private Credentials _account = null!;
    private LinkedIdentity _identity = null!;
    private Session _session = null!;

    [SetUp]
    public async Task LinkToNewUser()
    {
        _account = await SignInNewUserAsync();
        _session = Server.Caller.Session!;
        _identity = await StoreAsync(_account.UserId, Subject);
    }

    [Test]
    public async Task Removes_the_identity_and_the_other_sessions_that_it_has_started_in_one_save()
    {
        var phone = await Server.SignInAsync(_account.UserId);
        var kept = await StoreAsync(_account.UserId, FakeIdentityTokens.NewSubject());
        var tablet = await SignInByIdentityAsync(Subject);
        var laptop = await SignInByIdentityAsync(kept.Subject);
        Server.Caller.Session = _session;
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = Saves.Count;

        Assert.That((await SendAsync(new UnlinkIdentityCommand(_identity.Id, Password))).Error, Is.Null);

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        Assert.That((await Records.IdentitiesAsync(_account.UserId)).Select(row => row.Id), Is.EqualTo([kept.Id]));
        Assert.That((await SessionAsync(tablet)).RevokedReason, Is.EqualTo(SessionEnd.IdentityRemoved));
        Assert.That(
            (await LiveSessionsAsync(_account.UserId)).Select(session => session.Id),
            Is.EquivalentTo([_session.Id, phone.Id, laptop.Id])
        );
        var mails = (await Records.MailsAsync(_account.UserId)).Where(mail => mail.Kind != MailKind.NewDevice);
        Assert.That(mails.Select(mail => (mail.Kind, mail.CreatedAt)), Is.EqualTo([(MailKind.IdentityUnlinked, Now)]));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.SupersetOf([
                RecordedEvent.Of(AuditEventType.IdentityUnlinked, _account.UserId, _session.Id),
                RecordedEvent.Of(AuditEventType.SessionEnded, _account.UserId, tablet.Id, Device),
            ])
        );
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Value!.IsNew, Is.True, "It is free again.");
    }

    [Test]
    public async Task Keeps_the_session_that_unlinks_although_the_identity_has_started_it()
    {
        var tablet = await SignInByIdentityAsync(Subject);

        Assert.That((await SendAsync(new UnlinkIdentityCommand(_identity.Id, Password))).Error, Is.Null);

        Assert.That((await SessionAsync(tablet)).IsLive(Now), Is.True);
    }

    [Test]
    public async Task Removes_nothing_without_the_password()
    {
        await FailsAsync(new UnlinkIdentityCommand(_identity.Id, "wrong"), "reauthentication_failed");
        await FailsAsync(new UnlinkIdentityCommand(_identity.Id), "reauthentication_required");

        Assert.That(await Records.IdentitiesAsync(_account.UserId), Has.Count.EqualTo(1));
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Requires_a_code_with_the_second_factor_on()
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);

        await FailsAsync(new UnlinkIdentityCommand(_identity.Id, Password), "mfa_code_invalid");

        Assert.That((await SendAsync(new UnlinkIdentityCommand(_identity.Id, Password, app.Code()))).Error, Is.Null);
    }

    [Test]
    public async Task Does_not_find_an_unknown_identity_or_that_of_another_user()
    {
        var other = await SignUpAsync();
        var theirs = await StoreAsync(other.UserId, FakeIdentityTokens.NewSubject());

        await FailsAsync(new UnlinkIdentityCommand(Guid.NewGuid(), Password), "not_found");
        await FailsAsync(new UnlinkIdentityCommand(theirs.Id, Password), "not_found");

        Assert.That(await Records.IdentitiesAsync(other.UserId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Puts_the_revocation_of_the_grant_into_the_outbox()
    {
        var code = $"code.{Guid.NewGuid():N}";
        var apple = await StoreAsync(
            _account.UserId,
            FakeIdentityTokens.NewSubject(),
            Apple,
            FakeIdentityGrants.GrantOf(code)
        );

        await SendAsync(new UnlinkIdentityCommand(_identity.Id, Password));
        Assert.That(await RevocationsOfAsync(code), Is.Empty);
        await SendAsync(new UnlinkIdentityCommand(apple.Id, Password));

        Assert.That(await RevocationsOfAsync(code), Is.EqualTo([code]));
        Assert.That(Grants.Revoked, Is.Empty, "A job does it.");
    }

    // Apple ends the whole consent of the user to the app, which a later one is part of.
    [TestCase("linked")]
    [TestCase("registered")]
    public async Task A_new_consent_of_the_same_identity_withdraws_the_revocation(string way)
    {
        var (subject, code) = await UnlinkWithGrantAsync();

        var signed = Tokens.Sign(subject, provider: Apple);
        Assert.That(await ErrorOfAsync(way == "linked" ? Link(signed) : SignIn(signed)), Is.Null);

        Assert.That(await RevocationsOfAsync(code), Is.Empty);
    }

    [Test]
    public async Task The_consent_of_another_identity_leaves_the_revocation()
    {
        var (subject, code) = await UnlinkWithGrantAsync();

        Assert.That(await ErrorOfAsync(Link(Tokens.Sign(subject))), Is.Null, "The same subject of another issuer.");
        Assert.That(await ErrorOfAsync(Link(Tokens.Sign(FakeIdentityTokens.NewSubject(), provider: Apple))), Is.Null);
        Assert.That(await ErrorOfAsync(SignIn(Tokens.Sign(FakeIdentityTokens.NewSubject(), provider: Apple))), Is.Null);

        Assert.That(await RevocationsOfAsync(code), Is.EqualTo([code]));
    }

    [TestCase("x", null, null, "")]
    [TestCase(null, null, null, "")]
    [TestCase("", null, null, "password: required")]
    [TestCase("x", "123456", null, "")]
    [TestCase("x", "1", null, "code: invalid_format")]
    [TestCase("x", "123456", "abcde-fghjk", "recoveryCode: not_allowed")]
    [TestCase(null, "123456", null, "password: required")]
    [TestCase(null, null, "abcde-fghjk", "password: required")]
    public void Takes_the_password_with_a_code_or_nothing(
        string? password,
        string? code,
        string? recoveryCode,
        string errors
    ) =>
        Assert.That(
            new UnlinkIdentityValidator().ErrorTextOf(
                new UnlinkIdentityCommand(Guid.NewGuid(), password, code, recoveryCode)
            ),
            Is.EqualTo(errors)
        );

    /// <summary>Links and unlinks an identity of Apple, whose revocation then waits.</summary>
    private async Task<(string Subject, string Code)> UnlinkWithGrantAsync()
    {
        var (subject, code) = (FakeIdentityTokens.NewSubject(), $"code.{Guid.NewGuid():N}");
        var apple = await StoreAsync(_account.UserId, subject, Apple, FakeIdentityGrants.GrantOf(code));
        Assert.That((await SendAsync(new UnlinkIdentityCommand(apple.Id, Password))).Error, Is.Null);
        Assert.That(await RevocationsOfAsync(code), Is.EqualTo([code]));
        return (subject, code);
    }
}
