using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Admin;

public sealed class EnableUserTests : AdminTests
{
    [Test]
    public async Task Lets_the_user_sign_in_again_without_restoring_sessions()
    {
        await ChangeAsync(User.UserId, row => row.Disable(Now));
        // The sign-in happened at the moment when the account was disabled.
        var session = await Server.SignInAsync(User.UserId);

        Assert.That((await SendAsync(new EnableUserCommand(User.UserId))).Error, Is.Null);

        session = await SessionAsync(session);
        Assert.That(
            (session.RevokedReason, session.RevokedAt),
            Is.EqualTo((SessionEnd.AccountDisabled, (DateTimeOffset?)Now))
        );
        Assert.That((await SendAsync(new LoginUserCommand(User.Username, Password))).Error, Is.Null);
    }
}
