using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Passkeys;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ResetMfaTests() : AdminTests(("Accounts:FailedSignInLimit", "1"))
{
    [Test]
    public async Task Turns_the_second_factor_off_and_sends_one_mail()
    {
        var (app, _) = await EnableMfaAsync(User.UserId);
        var token = await ChallengeTokenAsync(User);

        Assert.That((await SendAsync(new ResetMfaCommand(User.UserId))).Error, Is.Null);
        Assert.That((await SendAsync(new ResetMfaCommand(User.UserId))).Error, Is.Null);

        Assert.That(await Records.SecondFactorAsync(User.UserId), Is.EqualTo(MfaStatus.Off));
        var mail = (await Records.MailsAsync(User.UserId)).Single(mail => mail.Kind == MailKind.MfaDisabled);
        Assert.That(mail.CreatedAt, Is.EqualTo(Now));
        await FailsAsync(new VerifyMfaCommand(token, app.Code()), "mfa_code_invalid");
        Assert.That((await SendAsync(new LoginUserCommand(User.Username, Password))).Error, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Removes_all_passkeys_and_pending_challenges_whether_or_not_the_factor_is_on(bool isEnabled)
    {
        var admin = Server.Caller.Session;
        Server.Caller.Session = await Server.SignInAsync(User.UserId);
        using var phone = PasskeyCalls.Authenticator();
        using var tablet = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(phone, Password));
        var begun = await Server.RegistrationAsync(tablet, Password);
        if (isEnabled)
        {
            await EnableMfaAsync(User.UserId);
        }

        var session = Server.Caller.Session;
        Server.Caller.Session = admin;

        Assert.That((await SendAsync(new ResetMfaCommand(User.UserId))).Error, Is.Null);

        Server.Caller.Session = session;
        await FailsAsync(begun, PasskeyErrors.PasskeyInvalid.Code);
        Assert.That(await Server.UseAsync((IPasskeys passkeys) => passkeys.ListAsync(User.UserId, default)), Is.Empty);
        Assert.That(
            await Records.MailsAsync(User.UserId),
            Has.Exactly(isEnabled ? 1 : 0).Property("Kind").EqualTo(MailKind.MfaDisabled)
        );
    }

    [Test]
    public async Task Clears_the_wrong_codes_but_not_the_wrong_passwords()
    {
        await TakeAttemptAsync(User.MfaIdentifier);
        await TakeAttemptAsync(User.Username);

        await SendAsync(new ResetMfaCommand(User.UserId));

        Assert.That((await TakeAttemptAsync(User.MfaIdentifier)).Error, Is.Null);
        Assert.That((await TakeAttemptAsync(User.Username)).Error?.Code, Is.EqualTo("too_many_attempts"));
    }

    [TestCase("nothing", "last_credential")]
    [TestCase("password", null)]
    [TestCase("identity", null)]
    public async Task Leaves_the_passkeys_of_an_account_that_has_nothing_else(string other, string? code)
    {
        var admin = Server.Caller.Session;
        Server.Caller.Session = await Server.SignInAsync(User.UserId);
        using var phone = PasskeyCalls.Authenticator();
        using var tablet = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(phone, Password));
        var begun = await Server.RegistrationAsync(tablet, Password);
        await EnableMfaAsync(User.UserId);
        if (other == "identity")
        {
            await LinkAsync();
        }

        if (other != "password")
        {
            await Server.RemovePasswordAsync(User.UserId);
        }

        var session = Server.Caller.Session;
        Server.Caller.Session = admin;
        await TakeAttemptAsync(User.MfaIdentifier);
        var account = await Records.AccountAsync(User.UserId);
        var factor = await Records.SecondFactorAsync(User.UserId);
        var mails = (await Records.MailsAsync(User.UserId)).Count;
        var events = (await RecordedAsync(User.UserId)).Count;

        var reset = await SendAsync(new ResetMfaCommand(User.UserId));

        Assert.That(reset.Error?.Code, Is.EqualTo(code));
        var passkeys = await Server.UseAsync((IPasskeys passkeys) => passkeys.ListAsync(User.UserId, default));
        Assert.That(passkeys, Has.Count.EqualTo(code is null ? 0 : 1));
        if (code is null)
        {
            Assert.That(await Records.SecondFactorAsync(User.UserId), Is.EqualTo(MfaStatus.Off));
            return;
        }

        Assert.That(await Records.AccountAsync(User.UserId), Is.EqualTo(account));
        Assert.That(await Records.SecondFactorAsync(User.UserId), Is.EqualTo(factor));
        Assert.That(await Records.MailsAsync(User.UserId), Has.Count.EqualTo(mails));
        Assert.That(await RecordedAsync(User.UserId), Has.Count.EqualTo(events));
        Assert.That((await TakeAttemptAsync(User.MfaIdentifier)).Error?.Code, Is.EqualTo("too_many_attempts"));
        Server.Caller.Session = session;
        Assert.That((await SendAsync(begun)).Error, Is.Null, "The challenge goes on.");
    }

    private Task LinkAsync()
    {
        var (google, now) = (FakeIdentityTokens.Google, Now);
        var claims = new IdentityClaims(
            google.Name,
            google.Issuer,
            FakeIdentityTokens.NewSubject(),
            google.ClientIds[0],
            null,
            null,
            now,
            "",
            now
        );
        return SaveAsync(
            (IIdentityRepository identities) => identities.Add(LinkedIdentity.Link(User.UserId, claims, null, now))
        );
    }
}
