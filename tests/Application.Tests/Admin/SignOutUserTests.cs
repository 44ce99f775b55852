using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SignOutUserTests : AdminTests
{
    [Test]
    public async Task Ends_only_the_sessions_of_the_user()
    {
        await Server.SignInAsync(User.UserId);
        await Server.SignInAsync(User.UserId);

        Assert.That((await SendAsync(new SignOutUserCommand(User.UserId))).Error, Is.Null);

        Assert.That(
            (await Records.SessionsAsync(User.UserId)).Select(session => (session.RevokedReason, session.RevokedAt)),
            Is.EqualTo(Enumerable.Repeat(((SessionEnd?)SessionEnd.EndedByAdmin, (DateTimeOffset?)Now), 2))
        );
        Assert.That((await SessionAsync(Server.Caller.Session!)).RevokedAt, Is.Null);
        Assert.That((await SendAsync(new LoginUserCommand(User.Username, Password))).Error, Is.Null);
    }

    [Test]
    public async Task Invalidates_a_reset_link()
    {
        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, User.UserId, User.Email!);

        await SendAsync(new SignOutUserCommand(User.UserId));

        await FailsAsync(new ResetPasswordCommand(User.Email!, token, NewPassword), "token_invalid_or_expired");
    }

    [Test]
    public async Task Is_refused_when_the_session_of_the_admin_has_ended_meanwhile()
    {
        var session = await Server.SignInAsync(User.UserId);
        Saves.BeforeNextSave = () =>
            SaveAsync((ISessionRepository sessions) => sessions.RevokeAll(Admin.UserId, SessionEnd.EndedByAdmin, Now));

        await FailsAsync(new SignOutUserCommand(User.UserId), "session_revoked");

        Assert.That((await SessionAsync(session)).RevokedAt, Is.Null);
    }
}
