using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Identities;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>Whoever stole a passkey or an identity may have begun more than a session: its removal ends that too (ASVS 5.0, 7.4.3).</summary>
public sealed class CredentialChangesTests : IdentityTests
{
    private static readonly string[] Removals = ["passkey removed", "identity unlinked", "identity ended by Apple"];

    private static readonly string[] Additions = ["passkey added", "identity linked", "recovery codes"];

    private readonly SoftAuthenticator _stolen = PasskeyCalls.Authenticator();
    private readonly SoftAuthenticator _begun = PasskeyCalls.Authenticator();
    private Credentials _account = null!;
    private Authenticator? _app;
    private string _passkey = "";
    private Guid _identity;

    /// <summary>The user has a password, a passkey and an identity.</summary>
    [SetUp]
    public async Task SignInNewUser()
    {
        _account = await SignInNewUserAsync();
        _passkey = (await SendAsync(await Server.RegistrationAsync(_stolen, Password))).Value!.Id;
        _identity = (await StoreAsync(_account.UserId, Subject, Apple)).Id;
    }

    [TearDown]
    public void DisposeAuthenticators()
    {
        _stolen.Dispose();
        _begun.Dispose();
    }

    [Test]
    public async Task Ends_the_addition_of_a_passkey(
        [ValueSource(nameof(Removals))] string removal,
        [Values] bool isMeanwhile
    )
    {
        AddPasskeyCommand begun = null!;
        await RemoveAfterAsync(
            removal,
            isMeanwhile,
            async () => begun = await Server.RegistrationAsync(_begun, Password)
        );

        await FailsAsync(begun, "passkey_invalid");

        Assert.That(
            (await SendAsync(new ListPasskeysQuery())).Value!.Items,
            Has.Count.EqualTo(removal == "passkey removed" ? 0 : 1)
        );
    }

    [Test]
    public async Task Ends_the_setup_of_a_second_factor(
        [ValueSource(nameof(Removals))] string removal,
        [Values] bool isMeanwhile
    )
    {
        Authenticator begun = null!;
        await RemoveAfterAsync(
            removal,
            isMeanwhile,
            async () =>
                begun = new Authenticator((await SendAsync(new EnrolTotpCommand(Password))).Value!.Secret, Server.Clock)
        );

        await FailsAsync(new ConfirmTotpCommand(begun.Code()), "mfa_code_invalid");

        Assert.That((await Records.AccountAsync(_account.UserId))!.MfaEnabled, Is.False);
    }

    [Test]
    public async Task Ends_a_change_of_the_address(
        [ValueSource(nameof(Removals))] string removal,
        [Values] bool isMeanwhile
    )
    {
        var (address, link) = (NewAddress(), "");
        await RemoveAfterAsync(
            removal,
            isMeanwhile,
            async () =>
            {
                Assert.That((await SendAsync(new ChangeEmailCommand(address, Password))).Error, Is.Null);
                link = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, address);
            }
        );

        await FailsAsync(new ConfirmEmailCommand(_account.UserId, link), "token_invalid_or_expired");

        var account = (await Records.AccountAsync(_account.UserId))!;
        Assert.That(
            (account.Email, account.EmailConfirmed, account.PendingEmail),
            Is.EqualTo((_account.Email, true, (string?)null))
        );
    }

    [TestCaseSource(nameof(Removals))]
    public async Task Ends_a_sign_in_before_its_second_step(string removal)
    {
        (_app, _) = await EnableMfaAsync(_account.UserId);
        var token = await ChallengeTokenAsync(_account);
        await RemoveAsync(removal);
        Server.Clock.Advance(TimeSpan.FromSeconds(30));

        await FailsAsync(new VerifyMfaCommand(token, _app.Code()), "mfa_code_invalid");
    }

    [TestCaseSource(nameof(Removals))]
    public async Task Leaves_a_confirmed_second_factor_and_a_confirmed_address(string removal)
    {
        (_app, _) = await EnableMfaAsync(_account.UserId);
        var factor = await Records.SecondFactorAsync(_account.UserId);

        await RemoveAsync(removal);

        Assert.That(await Records.SecondFactorAsync(_account.UserId), Is.EqualTo(factor));
        var account = (await Records.AccountAsync(_account.UserId))!;
        Assert.That(
            (account.MfaEnabled, account.Email, account.EmailConfirmed),
            Is.EqualTo((true, _account.Email, true))
        );
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        var token = await ChallengeTokenAsync(_account);
        Assert.That((await SendAsync(new VerifyMfaCommand(token, _app.Code()))).Error, Is.Null);
    }

    // Nobody has asked for another address, so that the link of the present one goes on.
    [TestCaseSource(nameof(Removals))]
    public async Task Leaves_the_link_of_an_address_that_is_not_confirmed_yet(string removal)
    {
        _account = await SignUpAsync(isConfirmed: false);
        Server.Caller.Session = await Server.SignInAsync(_account.UserId);
        _passkey = (await SendAsync(await Server.RegistrationAsync(_begun, Password))).Value!.Id;
        var subject = FakeIdentityTokens.NewSubject();
        _identity = (await StoreAsync(_account.UserId, subject, Apple)).Id;
        var link = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, _account.Email!);

        await RemoveAsync(removal, subject);

        Assert.That((await SendAsync(new ConfirmEmailCommand(_account.UserId, link))).Error, Is.Null);
    }

    [TestCaseSource(nameof(Removals))]
    public async Task Ends_nothing_of_another_account(string removal)
    {
        var mine = Server.Caller.Session;
        await SignInNewUserAsync();
        var begun = await Server.RegistrationAsync(_begun, Password);

        await AsAsync(
            mine,
            async () =>
            {
                await RemoveAsync(removal);
                return true;
            }
        );

        Assert.That((await SendAsync(begun)).Error, Is.Null);
    }

    [TestCaseSource(nameof(Additions))]
    public async Task An_addition_withdraws_the_other_challenge_tokens(string addition)
    {
        if (addition == "recovery codes")
        {
            (_app, _) = await EnableMfaAsync(_account.UserId);
        }

        var begun = await Server.RegistrationAsync(_begun, Password, code: NextCode());
        using var other = PasskeyCalls.Authenticator();

        var error = addition switch
        {
            "passkey added" => (await SendAsync(await Server.RegistrationAsync(other, Password))).Error,
            "identity linked" => (await SendAsync(Link(Tokens.Sign(FakeIdentityTokens.NewSubject())))).Error,
            _ => (await SendAsync(new ReplaceRecoveryCodesCommand(Password, NextCode()))).Error,
        };

        Assert.That(error, Is.Null);
        await FailsAsync(begun, "passkey_invalid");
    }

    private async Task RemoveAfterAsync(string removal, bool isMeanwhile, Func<Task> beginAsync)
    {
        if (isMeanwhile)
        {
            Saves.BeforeNextSave = beginAsync;
        }
        else
        {
            await beginAsync();
        }

        await RemoveAsync(removal);
    }

    private async Task RemoveAsync(string removal, string? subject = null)
    {
        var error = removal switch
        {
            "passkey removed" => (await SendAsync(new RemovePasskeyCommand(_passkey, Password, _app?.Code()))).Error,
            "identity unlinked" => (
                await SendAsync(new UnlinkIdentityCommand(_identity, Password, _app?.Code()))
            ).Error,
            _ => (await SendAsync(new ReceiveAppleNotificationCommand(Tokens.SignEvent(subject ?? Subject)))).Error,
        };
        Assert.That(error, Is.Null);
    }

    /// <summary>Returns a code that was not used yet, with the second factor on.</summary>
    private string? NextCode()
    {
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        return _app?.Code();
    }
}
