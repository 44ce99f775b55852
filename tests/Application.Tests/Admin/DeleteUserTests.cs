using Fitnessify.Application.Admin;

namespace Fitnessify.Application.Tests.Admin;

public sealed class DeleteUserTests() : AdminTests(("Accounts:FailedSignInLimit", "1"))
{
    [Test]
    public async Task Deletes_account_and_sessions_and_frees_the_username_and_address()
    {
        await Server.SignInAsync(User.UserId);

        Assert.That((await SendAsync(new DeleteUserCommand(User.UserId))).Error, Is.Null);

        Assert.That(await Records.AccountAsync(User.UserId), Is.Null);
        Assert.That(await Records.SessionsAsync(User.UserId), Is.Empty);
        Assert.That((await Server.SignUpAsync(User.Username, User.Email!)).Error, Is.Null);
    }

    [Test]
    public async Task Clears_the_failed_password_and_code_attempts()
    {
        string[] identifiers = [.. User.Identifiers, User.MfaIdentifier];
        foreach (var identifier in identifiers)
        {
            await TakeAttemptAsync(identifier);
        }

        await SendAsync(new DeleteUserCommand(User.UserId));

        foreach (var identifier in identifiers)
        {
            Assert.That((await TakeAttemptAsync(identifier)).Error, Is.Null, identifier);
        }
    }
}
