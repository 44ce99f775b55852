using Fitnessify.Application.Admin;

namespace Fitnessify.Application.Tests.Admin;

public sealed class UnlockUserTests() : AdminTests(("Accounts:FailedSignInLimit", "1"))
{
    [Test]
    public async Task Forgets_the_failures_of_all_logins_of_the_user_and_nobody_elses()
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
