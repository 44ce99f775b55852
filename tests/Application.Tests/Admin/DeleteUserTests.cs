using Fitnessify.Application.Admin;

namespace Fitnessify.Application.Tests.Admin;

public sealed class DeleteUserTests() : AdminTests(("Accounts:FailedSignInLimit", "1"))
{
    [Test]
    public async Task Leaves_neither_account_nor_sessions_so_that_name_and_address_are_free()
    {
        await Server.SignInAsync(User.UserId);

        Assert.That((await SendAsync(new DeleteUserCommand(User.UserId))).Error, Is.Null);

        Assert.That(await Records.AccountAsync(User.UserId), Is.Null);
        Assert.That(await Records.SessionsAsync(User.UserId), Is.Empty);
        Assert.That((await Server.SignUpAsync(User.Username, User.Email)).Error, Is.Null);
    }

    [Test]
    public async Task Forgets_the_wrong_passwords_and_codes()
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
