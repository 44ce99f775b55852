using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
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

        Assert.That((await SendAsync(await RejectionAsync(squatter, squatter.Email!))).Error, Is.Null);

        Assert.That(await Records.AccountAsync(squatter.UserId), Is.Null);
        Assert.That(await Records.SessionsAsync(squatter.UserId), Is.Empty);
        Assert.That(
            (await RecordedAsync(squatter.UserId)).Select(recorded => recorded.Type),
            Is.EqualTo([AuditEventType.AccountDeleted])
        );
    }

    [Test]
    public async Task Discards_the_pending_address_of_an_account_with_a_confirmed_one()
    {
        var account = await SignUpAsync();
        await ChangeAsync(account.UserId, row => row.RequestEmailChange($"other.{account.Email}"));

        Assert.That((await SendAsync(await RejectionAsync(account, $"other.{account.Email}"))).Error, Is.Null);

        Assert.That((await Records.AccountAsync(account.UserId))!.PendingEmail, Is.Null);
    }

    [TestCase("confirmed")]
    [TestCase("of another user")]
    [TestCase("used")]
    [TestCase("garbage")]
    public async Task Does_nothing_with_an_invalid_token(string token)
    {
        var account = await SignUpAsync(isConfirmed: false);
        var rejection = await RejectionAsync(account, account.Email!);
        switch (token)
        {
            case "confirmed":
                await ChangeAsync(account.UserId, row => row.ConfirmEmail(account.Email!));
                break;
            case "of another user":
                rejection = rejection with { UserId = (await SignUpAsync()).UserId };
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

    [TestCase("x", "")]
    [TestCase("", "token: required")]
    public void Requires_the_values_of_the_link(string token, string error) =>
        Assert.That(
            new RejectEmailValidator().ErrorTextOf(new RejectEmailCommand(Guid.NewGuid(), token)),
            Is.EqualTo(error)
        );

    private async Task<RejectEmailCommand> RejectionAsync(Credentials account, string address) =>
        new(account.UserId, await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, account.UserId, address));
}
