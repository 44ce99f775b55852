using Fitnessify.Application.Export;
using Fitnessify.Application.Identities;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>A user with a second factor links one identity twice at the same moment, as a client does that repeats a request.</summary>
public sealed class LinkRaceTests() : IdentityTests(("Accounts:FailedSignInLimit", "5"))
{
    private Credentials _account = null!;
    private Authenticator _app = null!;
    private IReadOnlyList<string> _recoveryCodes = [];

    [SetUp]
    public async Task EnableMfa()
    {
        _account = await SignInNewUserAsync();
        (_app, _recoveryCodes) = await EnableMfaAsync(_account.UserId);
    }

    [Test]
    public async Task Both_are_answered_with_the_identity_and_each_uses_its_code_up()
    {
        IdentityDto? first = null;
        Saves.BeforeNextSave = async () => first = (await SendAsync(Linking(recoveryCode: _recoveryCodes[0]))).Value;

        var second = await SendAsync(Linking(_app.Code()));

        Assert.That(second.Error, Is.Null);
        Assert.That(second.Value, Is.EqualTo(first));
        Assert.That(await Records.IdentitiesAsync(_account.UserId), Has.Count.EqualTo(1));
        Assert.That(await Records.MailsAsync(_account.UserId), Has.Count.EqualTo(1));
        Assert.That(
            (await Records.SecondFactorAsync(_account.UserId)).RecoveryCodesLeft,
            Is.EqualTo(_recoveryCodes.Count - 1)
        );
        await FailsAsync(new ExportMeCommand(Password, _app.Code()), "mfa_code_invalid");
        await FailsAsync(new ExportMeCommand(Password, null, _recoveryCodes[0]), "mfa_code_invalid");
    }

    [Test]
    public async Task One_code_for_both_works_once()
    {
        var code = _app.Code();
        Saves.BeforeNextSave = async () => Assert.That((await SendAsync(Linking(code))).Error, Is.Null);

        await FailsAsync(Linking(code), "mfa_code_invalid");

        Assert.That(await Records.IdentitiesAsync(_account.UserId), Has.Count.EqualTo(1));
    }

    // The first attempt of the request saves nothing. Only its second one may forgive.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Wrong_codes_are_forgiven_only_by_what_is_saved(bool isSaved)
    {
        await GuessAsync(2);
        Saves.BeforeNextSave = async () =>
        {
            var identity = await StoreAsync(_account.UserId, Subject);
            if (!isSaved)
            {
                Saves.BeforeNextSave = () =>
                    SaveAsync((IIdentityRepository identities) => identities.Remove(_account.UserId, identity.Id));
            }
        };

        var linked = await SendAsync(Linking(_app.Code()));

        Assert.That(linked.Error?.Code, Is.EqualTo(isSaved ? null : "identity_token_invalid"));
        await GuessAsync(isSaved ? 4 : 3);
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(
            (await SendAsync(new ExportMeCommand(Password, _app.Code()))).Error?.Code,
            Is.EqualTo(isSaved ? null : "too_many_attempts")
        );
    }

    private async Task GuessAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await FailsAsync(new ExportMeCommand(Password, _app.WrongCode()), "mfa_code_invalid");
        }
    }

    private LinkIdentityCommand Linking(string? code = null, string? recoveryCode = null)
    {
        var signed = Tokens.Sign(Subject);
        return new LinkIdentityCommand(
            null,
            signed.Provider,
            signed.IdToken,
            signed.Nonce,
            Password: Password,
            Code: code,
            RecoveryCode: recoveryCode
        );
    }
}
