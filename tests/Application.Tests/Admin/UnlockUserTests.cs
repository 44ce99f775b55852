using Fitnessify.Application.Admin;

namespace Fitnessify.Application.Tests.Admin;

public sealed class UnlockUserTests() : AdminTests(("Accounts:FailedSignInLimit", "1"))
{
    [Test]
    public async Task Clears_only_the_failed_attempts_of_the_user_for_all_of_their_logins()
    {
        string[] identifiers = [.. User.Identifiers, User.MfaIdentifier];
        foreach (var identifier in identifiers.Append(Admin.Username))
        {
            await TakeAttemptAsync(identifier);
            Assert.That((await TakeAttemptAsync(identifier)).Error?.Code, Is.EqualTo("too_many_attempts"));
        }

        Assert.That((await SendAsync(new UnlockUserCommand(User.UserId))).Error, Is.Null);

        foreach (var identifier in identifiers)
        {
            Assert.That((await TakeAttemptAsync(identifier)).Error, Is.Null, identifier);
        }

        Assert.That((await TakeAttemptAsync(Admin.Username)).Error?.Code, Is.EqualTo("too_many_attempts"));
    }

    // Otherwise, whoever has stolen the session of an admin could guess the password without end.
    [Test]
    public async Task Admins_cannot_clear_their_own_failed_attempts()
    {
        foreach (var identifier in Admin.Identifiers)
        {
            await TakeAttemptAsync(identifier);
        }

        await FailsAsync(new UnlockUserCommand(Admin.UserId), "permission_denied");

        foreach (var identifier in Admin.Identifiers)
        {
            Assert.That((await TakeAttemptAsync(identifier)).Error?.Code, Is.EqualTo("too_many_attempts"));
        }
    }
}
