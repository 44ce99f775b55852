using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Admin;

public sealed class DisableUserTests : AdminTests
{
    [Test]
    public async Task Blocks_the_user_and_ends_only_their_sessions()
    {
        await Server.SignInAsync(User.UserId);
        await Server.SignInAsync(User.UserId);

        Assert.That((await SendAsync(new DisableUserCommand(User.UserId))).Error, Is.Null);

        Assert.That(
            (await Records.SessionsAsync(User.UserId)).Select(session => (session.RevokedReason, session.RevokedAt)),
            Is.EqualTo(Enumerable.Repeat(((SessionEnd?)SessionEnd.AccountDisabled, (DateTimeOffset?)Now), 2))
        );
        Assert.That((await SessionAsync(Server.Caller.Session!)).RevokedAt, Is.Null);
        await FailsAsync(new LoginUserCommand(User.Username, Password), "account_disabled");
    }

    [Test]
    public async Task A_sign_in_that_waits_for_its_code_has_to_start_over_after_enabling()
    {
        var (app, _) = await EnableMfaAsync(User.UserId);
        var token = await ChallengeTokenAsync(User);

        await SendAsync(new DisableUserCommand(User.UserId));
        await SendAsync(new EnableUserCommand(User.UserId));

        await FailsAsync(new VerifyMfaCommand(token, app.Code()), "mfa_code_invalid");
    }

    [Test]
    public async Task A_reset_link_stays_invalid_after_the_account_is_enabled_again()
    {
        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, User.UserId, User.Email!);

        await SendAsync(new DisableUserCommand(User.UserId));
        await SendAsync(new EnableUserCommand(User.UserId));

        await FailsAsync(new ResetPasswordCommand(User.Email!, token, NewPassword), "token_invalid_or_expired");
    }
}
