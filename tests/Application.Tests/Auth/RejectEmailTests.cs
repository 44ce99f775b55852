using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RejectEmailTests : UseCaseTests
{
    [Test]
    public async Task Deletes_an_account_whose_address_was_never_confirmed()
    {
        var squatter = await SignUpAsync(isConfirmed: false);
        await Server.SignInAsync(squatter.UserId);

        Assert.That((await SendAsync(await RejectionAsync(squatter.UserId, squatter.Email!))).Error, Is.Null);

        Assert.That(await Records.AccountAsync(squatter.UserId), Is.Null);
        Assert.That(await Records.SessionsAsync(squatter.UserId), Is.Empty);
        Assert.That(
            (await RecordedAsync(squatter.UserId)).Select(recorded => recorded.Type),
            Is.EqualTo([AuditEventType.AccountDeleted])
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Cancels_a_change_to_the_address_and_leaves_the_account(bool isConfirmed)
    {
        var account = await SignUpAsync(isConfirmed);
        await ChangeAsync(account.UserId, row => row.RequestEmailChange($"other.{account.Email}"));

        Assert.That((await SendAsync(await RejectionAsync(account.UserId, $"other.{account.Email}"))).Error, Is.Null);

        Assert.That(await Records.AccountAsync(account.UserId), Is.EqualTo(account));
    }

    [TestCase("confirmed")]
    [TestCase("of another user")]
    [TestCase("used")]
    [TestCase("garbage")]
    [TestCase("of a disabled account")]
    public async Task Does_nothing_with_an_invalid_token(string token)
    {
        var account = await SignUpAsync(isConfirmed: false);
        var rejection = await RejectionAsync(account.UserId, account.Email!);
        switch (token)
        {
            case "confirmed":
                await ChangeAsync(account.UserId, row => row.ConfirmEmail(account.Email!));
                break;
            case "of another user":
                rejection = rejection with { UserId = (await SignUpAsync()).UserId };
                break;
            case "of a disabled account":
                await ChangeAsync(account.UserId, row => row.Disable(Now));
                break;
            case "used":
                await SendAsync(new ConfirmEmailCommand(account.UserId, rejection.Token));
                break;
            default:
                rejection = rejection with { Token = "garbage" };
                break;
        }

        await FailsAsync(rejection, "token_invalid_or_expired");

        Assert.That(await Records.AccountAsync(account.UserId), Is.Not.Null);
    }

    // Security requirement 31.
    [Test]
    public async Task Deletes_no_account_whose_address_is_confirmed_meanwhile()
    {
        var account = await SignUpAsync(isConfirmed: false);
        var rejection = await RejectionAsync(account.UserId, account.Email!);
        Saves.BeforeNextSave = async () =>
            Assert.That((await SendAsync(new ConfirmEmailCommand(account.UserId, rejection.Token))).Error, Is.Null);

        await FailsAsync(rejection, "token_invalid_or_expired");

        Assert.That((await Records.AccountAsync(account.UserId))!.EmailConfirmed, Is.True);
    }

    [Test]
    public async Task Does_not_delete_the_last_admin()
    {
        // This test needs its own database because the shared one may contain other admins.
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        server.Clock.SetUtcNow(Now);
        var admin = await server.SignUpAsync(Password);
        var rejection = await RejectionAsync(admin.Id, admin.Email!, server);
        Assert.That((await server.SendAsync(new GrantRoleCommand(admin.Username, Roles.Admin))).Error, Is.Null);

        Assert.That((await server.SendAsync(rejection)).Error, Is.EqualTo(AdminErrors.LastAdmin));
    }

    [Test]
    public void Requires_the_values_of_the_link() =>
        Assert.That(
            new RejectEmailValidator().ErrorTextOf(new RejectEmailCommand(Guid.Empty, "")),
            Is.EqualTo("userId: required, token: required")
        );

    private async Task<RejectEmailCommand> RejectionAsync(Guid userId, string address, Instance? server = null) =>
        new(userId, await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, userId, address, server));
}
