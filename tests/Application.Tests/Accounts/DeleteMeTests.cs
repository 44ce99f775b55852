using Fitnessify.Application.Accounts;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class DeleteMeTests() : UseCaseTests(("Accounts:FailedSignInLimit", "1"))
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Deletes_the_account_and_all_of_its_data()
    {
        Assert.That((await DeleteAsync()).Error, Is.Null);

        Assert.That(await Records.AccountAsync(_account.UserId), Is.Null);
        Assert.That(await Records.SessionsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Clears_the_failed_attempts_so_that_nothing_reveals_the_account()
    {
        foreach (var identifier in new[] { _account.Username, _account.Email!, _account.MfaIdentifier })
        {
            Assert.That((await TakeAttemptAsync(identifier)).Error, Is.Null);
            Assert.That((await TakeAttemptAsync(identifier)).Error?.Code, Is.EqualTo("too_many_attempts"));
        }

        await DeleteAsync();

        foreach (var identifier in (string[])[.. _account.Identifiers, _account.MfaIdentifier])
        {
            Assert.That((await TakeAttemptAsync(identifier)).Error, Is.Null, identifier);
        }
    }

    [Test]
    public async Task Records_that_an_account_was_deleted_without_personal_data()
    {
        await DeleteAsync();

        var recorded = (await Records.EventsAsync(_account.UserId)).Single();
        Assert.That(
            RecordedEvent.From(recorded),
            Is.EqualTo(RecordedEvent.Of(AuditEventType.AccountDeleted, _account.UserId))
        );
        Assert.That((recorded.At, recorded.IpAddress), Is.EqualTo((Given.Now, (string?)null)));
    }

    [Test]
    public async Task Deletes_nothing_after_a_wrong_password()
    {
        await FailsAsync(new DeleteMeCommand("wrong"), "reauthentication_failed");

        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account));
    }

    [Test]
    public async Task Fails_with_an_ended_session_when_the_account_was_deleted_meanwhile()
    {
        Hashing.AfterVerification = () => ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await DeleteAsync()).Error, Is.EqualTo(SessionErrors.SessionRevoked));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Does_not_delete_the_last_admin()
    {
        // This test needs its own database because the shared one may contain other admins.
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        var admin = await server.SignUpAsync(Password);
        server.Caller.Session = await server.SignInAsync(admin.Id);
        Assert.That((await server.SendAsync(new GrantRoleCommand(admin.Username, Roles.Admin))).Error, Is.Null);

        Assert.That((await server.SendAsync(new DeleteMeCommand(Password))).Error, Is.EqualTo(AdminErrors.LastAdmin));
    }

    [TestCase("x", "")]
    [TestCase(null, "")]
    [TestCase("", "password: required")]
    [TestCase(" ", "password: required")]
    [TestCase("a\0b", "password: invalid_format", TestName = "Password, with a control character")]
    public void Takes_no_empty_password(string? password, string error) =>
        Assert.That(new DeleteMeValidator().ErrorTextOf(new DeleteMeCommand(password)), Is.EqualTo(error));

    private Task<Result> DeleteAsync() => SendAsync(new DeleteMeCommand(Password));
}
