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
}
