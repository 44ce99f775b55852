using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Admin;

public sealed class EnableUserTests : AdminTests
{
    [Test]
    public async Task Lets_the_user_in_again_who_has_to_sign_in_anew()
    {
        await ChangeAsync(User.UserId, row => row.Disable(Now));
        // In the moment in which the account was disabled.
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
