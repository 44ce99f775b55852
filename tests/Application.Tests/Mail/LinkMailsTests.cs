using Fitnessify.Application.Mail;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;
using Moq;

namespace Fitnessify.Application.Tests.Mail;

public sealed class LinkMailsTests
{
    private const string Requested = "Kern@Example.com";

    private static readonly MailRecipient User = new(Guid.NewGuid(), "kern@example.com", "nikolas", false, false);

    private readonly Mock<IMailRecipients> _recipients = new();
    private readonly Mock<IAccountTokens> _tokens = new();
    private readonly Mock<IMailThrottle> _throttle = new();

    public LinkMailsTests() =>
        _throttle
            .Setup(throttle => throttle.TryTakeAsync(It.IsAny<string>(), It.IsAny<MailKind>(), CancellationToken.None))
            .ReturnsAsync(true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Mails_a_confirmation_link_requested_by_account_or_by_address(bool byAccount)
    {
        Know(owner: User);
        Issue(AccountTokenPurpose.ConfirmEmail, User.UserId, User.Address!);

        var draft = await ConfirmAsync(byAccount);

        AssertLink(draft, User);
        AssertCounted(User.Address!);
    }

    [Test]
    public async Task Sends_nothing_when_the_account_is_deleted_at_that_moment()
    {
        Know(owner: User);
        Issue(AccountTokenPurpose.ConfirmEmail, User.UserId, User.Address!, token: null);
        Issue(AccountTokenPurpose.ResetPassword, User.UserId, User.Address!, token: null);

        Assert.That(await ConfirmAsync(), Is.Null);
        Assert.That(await ResetAsync(), Is.Null);
    }

    [Test]
    public async Task Mails_the_confirmation_link_only_to_the_pending_address()
    {
        var user = User with { IsConfirmed = true, PendingAddress = "new@example.com" };
        Know(owner: user);
        Issue(AccountTokenPurpose.ConfirmEmail, user.UserId, "new@example.com");

        var draft = await ConfirmAsync(byAccount: true);

        AssertLink(draft, user with { Address = "new@example.com" });
        AssertCounted("new@example.com");
    }

    [Test]
    public async Task Finds_an_account_by_its_pending_address()
    {
        var user = User with { Address = "old@example.com", IsConfirmed = true, PendingAddress = "kern@example.com" };
        Know(claimant: user);
        Issue(AccountTokenPurpose.ConfirmEmail, user.UserId, "kern@example.com");

        var draft = await ConfirmAsync();

        AssertLink(draft, user with { Address = "kern@example.com" });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Sends_no_confirmation_link_without_an_account(bool byAccount) =>
        await AssertNoneAsync(() => ConfirmAsync(byAccount));

    [Test]
    public async Task Sends_no_confirmation_link_to_a_disabled_account()
    {
        Know(owner: User with { IsDisabled = true });

        await AssertNoneAsync(() => ConfirmAsync());
    }

    [Test]
    public async Task Sends_no_confirmation_link_for_a_confirmed_address()
    {
        Know(owner: User with { IsConfirmed = true });

        await AssertNoneAsync(() => ConfirmAsync());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Sends_no_link_to_a_pending_address_that_its_owner_did_not_request(bool isConfirmed)
    {
        Know(owner: User with { IsConfirmed = isConfirmed, PendingAddress = "new@example.com" });

        await AssertNoneAsync(() => ConfirmAsync());
    }

    [Test]
    public async Task Notifies_the_owner_of_a_pending_address_instead_of_sending_a_link()
    {
        var (owner, claimant) = (
            User with
            {
                IsConfirmed = true,
            },
            new MailRecipient(Guid.NewGuid(), "pending@example.org", "somebody", false, false, "Kern@example.com")
        );
        Know(owner: owner);
        Know(claimant);

        var draft = await LinkMails.ConfirmEmailAsync(
            AccountMails.ConfirmEmail(claimant.UserId, Given.Now),
            Given.Now,
            CancellationToken.None
        );

        Assert.That((draft!.Kind, draft.Recipient, draft.Values.Count), Is.EqualTo((MailKind.AddressInUse, owner, 0)));
        AssertCounted("Kern@example.com");
        _tokens.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Mails_a_link_to_an_owner_who_requested_their_own_address_in_another_case()
    {
        var user = User with { IsConfirmed = true, PendingAddress = "KERN@example.com" };
        Know(owner: user);
        Issue(AccountTokenPurpose.ConfirmEmail, user.UserId, "KERN@example.com");

        AssertLink(await ConfirmAsync(byAccount: true), user with { Address = "KERN@example.com" });
    }

    [Test]
    public async Task Mails_a_reset_link_to_the_account_of_the_address()
    {
        var user = User with { Address = "kern+run@example.com", IsConfirmed = true };
        Know(owner: user);
        Issue(AccountTokenPurpose.ResetPassword, user.UserId, user.Address);

        var draft = await ResetAsync("KERN+run@example.com");

        Assert.That((draft!.Kind, draft.Recipient), Is.EqualTo((MailKind.ResetPassword, user)));
        Assert.That(
            draft.Values,
            Is.EquivalentTo(
                new Dictionary<string, string> { ["email"] = "kern%2Brun%40example.com", ["token"] = "token" }
            )
        );
        AssertCounted(user.Address);
    }

    [Test]
    public async Task Sends_no_reset_link_without_an_account_or_to_a_merely_pending_address()
    {
        Know(claimant: User with { Address = "other@example.com", PendingAddress = Requested });
        await AssertNoneAsync(() => ResetAsync());
    }

    [Test]
    public async Task Mails_a_reset_link_to_an_account_whose_only_address_is_pending()
    {
        Know(claimant: User with { Address = Requested, PendingAddress = Requested, IsConfirmed = false });

        await ResetAsync();

        AssertCounted(Requested);
    }

    [Test]
    public async Task Sends_no_reset_link_to_a_disabled_account()
    {
        Know(owner: User with { IsConfirmed = true, IsDisabled = true });

        await AssertNoneAsync(() => ResetAsync());
    }

    [Test]
    public async Task Sends_nothing_to_an_address_beyond_its_limit()
    {
        Know(owner: User);
        _throttle
            .Setup(throttle => throttle.TryTakeAsync(User.Address!, It.IsAny<MailKind>(), CancellationToken.None))
            .ReturnsAsync(false);

        Assert.That(await ConfirmAsync(), Is.Null);
        Assert.That(await ResetAsync(), Is.Null);
        _tokens.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Does_not_count_a_retry_of_the_same_mail_against_the_limit()
    {
        Know(owner: User);
        Issue(AccountTokenPurpose.ConfirmEmail, User.UserId, User.Address!);
        Issue(AccountTokenPurpose.ResetPassword, User.UserId, User.Address!);
        var (confirm, reset) = (
            AccountMails.ConfirmEmail(Requested, Given.Now),
            AccountMails.ResetPassword(Requested, Given.Now)
        );
        confirm.Failed("any", Given.Now);
        reset.Failed("any", Given.Now);

        Assert.That(await LinkMails.ConfirmEmailAsync(confirm, Given.Now, CancellationToken.None), Is.Not.Null);
        Assert.That(await LinkMails.ResetPasswordAsync(reset, Given.Now, CancellationToken.None), Is.Not.Null);
        _throttle.VerifyNoOtherCalls();
    }

    private LinkMails LinkMails => new(_recipients.Object, _tokens.Object, _throttle.Object);

    private Task<MailDraft?> ConfirmAsync(bool byAccount = false) =>
        LinkMails.ConfirmEmailAsync(
            byAccount
                ? AccountMails.ConfirmEmail(User.UserId, Given.Now)
                : AccountMails.ConfirmEmail(Requested, Given.Now),
            Given.Now,
            CancellationToken.None
        );

    private Task<MailDraft?> ResetAsync(string address = Requested) =>
        LinkMails.ResetPasswordAsync(AccountMails.ResetPassword(address, Given.Now), Given.Now, CancellationToken.None);

    private async Task AssertNoneAsync(Func<Task<MailDraft?>> draftAsync)
    {
        Assert.That(await draftAsync(), Is.Null);
        _throttle.VerifyNoOtherCalls();
        _tokens.VerifyNoOtherCalls();
    }

    private static void AssertLink(MailDraft? draft, MailRecipient recipient)
    {
        Assert.That((draft!.Kind, draft.Recipient), Is.EqualTo((MailKind.ConfirmEmail, recipient)));
        Assert.That(
            draft.Values,
            Is.EquivalentTo(
                new Dictionary<string, string> { ["userId"] = recipient.UserId.ToString(), ["token"] = "token" }
            )
        );
    }

    private void AssertCounted(string address)
    {
        _throttle.Verify(
            throttle => throttle.TryTakeAsync(address, It.IsAny<MailKind>(), CancellationToken.None),
            Times.Once
        );
        _throttle.VerifyNoOtherCalls();
    }

    private void Know(MailRecipient user) =>
        _recipients.Setup(recipients => recipients.FindAsync(user.UserId, CancellationToken.None)).ReturnsAsync(user);

    /// <summary>Finds accounts as a database does, by addresses in any case.</summary>
    private void Know(MailRecipient? owner = null, MailRecipient? claimant = null)
    {
        if (owner is not null)
        {
            Know(owner);
        }

        _recipients
            .Setup(recipients => recipients.FindOwnerAsync(It.IsAny<string>(), CancellationToken.None))
            .ReturnsAsync(
                (string address, CancellationToken _) =>
                    address.Equals(owner?.Address, StringComparison.OrdinalIgnoreCase) ? owner : null
            );
        _recipients
            .Setup(recipients => recipients.FindClaimantAsync(Requested, CancellationToken.None))
            .ReturnsAsync(claimant);
    }

    private void Issue(AccountTokenPurpose purpose, Guid userId, string address, string? token = "token") =>
        _tokens
            .Setup(tokens => tokens.IssueAsync(purpose, userId, address, Given.Now, CancellationToken.None))
            .ReturnsAsync(token);
}
