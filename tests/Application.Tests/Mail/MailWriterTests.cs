using Fitnessify.Application.Mail;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Moq;

namespace Fitnessify.Application.Tests.Mail;

/// <summary>These notices are about an account. <see cref="SendMailsTests"/> covers task mails, <see cref="LinkMailsTests"/> links.</summary>
public sealed class MailWriterTests
{
    private static readonly MailRecipient User = new(Guid.NewGuid(), "kern@example.com", "nikolas", true, false);

    private readonly Mock<IMailRecipients> _recipients = new();
    private readonly Mock<INotificationSettingsRepository> _settings = new(MockBehavior.Strict);
    private readonly Mock<IDueNotices> _notices = new();
    private readonly Mock<IMailComposer> _composer = new();
    private readonly List<MailDraft> _drafts = [];

    private readonly Mock<IChallengeTokens> _challengeTokens = new();
    private readonly Mock<IMailThrottle> _throttle = new();

    public MailWriterTests()
    {
        _composer
            .Setup(composer => composer.Compose(It.IsAny<Guid>(), It.IsAny<MailDraft>()))
            .Callback((Guid _, MailDraft draft) => _drafts.Add(draft))
            .Returns((Guid id, MailDraft draft) => new MailMessage(id, draft.Recipient.Address!, "s", "t", "h"));
    }

    private static OutboxMail[] Notices =>
        [
            AccountMails.PasswordChanged(User.UserId, Given.Now),
            AccountMails.NewDevice(Given.Session(User.UserId)),
            AccountMails.EmailChangeRequested(User.UserId, Given.Now),
        ];

    [TestCaseSource(nameof(Notices))]
    public async Task A_notice_goes_to_the_current_address_regardless_of_the_mail_settings(OutboxMail mail)
    {
        Know(User);

        var message = await WriteAsync(mail);

        Assert.That((message!.Id, message.To), Is.EqualTo((mail.Id, User.Address)));
        var draft = _drafts.Single();
        Assert.That((draft.Kind, draft.Recipient), Is.EqualTo((mail.Kind, User)));
        Assert.That(draft.Values, Is.EqualTo(mail.Data));
        Assert.That(mail.Status, Is.EqualTo(OutboxStatus.Pending));
    }

    [Test]
    public async Task A_notice_of_a_changed_address_goes_to_the_old_address()
    {
        Know(User);

        var message = await WriteAsync(AccountMails.EmailChanged(User.UserId, "old@example.com", Given.Now));

        Assert.That(message!.To, Is.EqualTo("old@example.com"));
        Assert.That(_drafts.Single().Recipient.Username, Is.EqualTo("nikolas"));
    }

    [Test]
    public async Task No_notice_goes_to_a_disabled_account()
    {
        Know(User with { IsDisabled = true });

        await AssertDroppedAsync(AccountMails.PasswordChanged(User.UserId, Given.Now));
    }

    [Test]
    public async Task An_unconfirmed_address_gets_one_notice_of_each_kind_per_day()
    {
        Know(User with { IsConfirmed = false });
        _throttle
            .SetupSequence(each =>
                each.TryTakeDailyAsync(User.UserId, MailKind.PasswordChanged, CancellationToken.None)
            )
            .ReturnsAsync(true)
            .ReturnsAsync(false);

        Assert.That(await WriteAsync(AccountMails.PasswordChanged(User.UserId, Given.Now)), Is.Not.Null);

        _drafts.Clear();
        await AssertDroppedAsync(AccountMails.PasswordChanged(User.UserId, Given.Now));
    }

    [Test]
    public async Task An_unconfirmed_address_gets_no_mail_about_tasks()
    {
        Know(User with { IsConfirmed = false });
        _throttle
            .Setup(each =>
                each.TryTakeDailyAsync(It.IsAny<Guid>(), It.IsAny<MailKind>(), It.IsAny<CancellationToken>())
            )
            .ReturnsAsync(true);
        _settings
            .Setup(each => each.GetAsync(User.UserId, CancellationToken.None))
            .ReturnsAsync(NotificationSettings.Default with { Email = true });

        await AssertDroppedAsync(TasksDueMail.Create(User.UserId, Given.Now));
    }

    [Test]
    public async Task A_mail_about_tasks_is_in_the_language_and_the_time_zone_of_the_account()
    {
        var user = User with { Locale = "de-AT", TimeZone = "Europe/Vienna" };
        var notice = new DueNotice(1, [new DueNoticeTask("Run", Given.Now)], false);
        Know(user);
        _settings
            .Setup(each => each.GetAsync(User.UserId, CancellationToken.None))
            .ReturnsAsync(NotificationSettings.Default with { Email = true });
        _notices.Setup(each => each.TryGatherAsync(It.IsAny<OutboxMail>(), CancellationToken.None)).ReturnsAsync(true);
        _notices
            .Setup(each =>
                each.ReadAsync(It.IsAny<OutboxMail>(), Given.Now, TasksDueMail.MaxTasks, CancellationToken.None)
            )
            .ReturnsAsync(notice);

        await WriteAsync(TasksDueMail.Create(User.UserId, Given.Now));

        var draft = _drafts.Single();
        Assert.That(draft.Recipient, Is.EqualTo(user));
        Assert.That(draft.Tasks, Is.SameAs(notice));
    }

    [TestCase(null, true, true, true)]
    [TestCase("google", true, true, true)]
    [TestCase(null, true, false, false)]
    [TestCase(null, false, true, false)]
    public async Task An_incomplete_sign_in_is_reported_once_a_day(
        string? provider,
        bool isUnused,
        bool isFirst,
        bool isSent
    )
    {
        Know(User);
        var challenge = Guid.NewGuid();
        _challengeTokens.Setup(each => each.IsUnusedAsync(challenge, CancellationToken.None)).ReturnsAsync(isUnused);
        _throttle
            .Setup(each => each.TryTakeDailyAsync(User.UserId, MailKind.SignInNotCompleted, CancellationToken.None))
            .ReturnsAsync(isFirst);

        var message = await WriteAsync(
            AccountMails.SignInNotCompleted(User.UserId, challenge, provider, "Tablet", null, Given.Now)
        );

        Assert.That(message is not null, Is.EqualTo(isSent));
    }

    [Test]
    public async Task No_notice_goes_to_a_deleted_account() =>
        await AssertDroppedAsync(AccountMails.PasswordChanged(User.UserId, Given.Now));

    [Test]
    public async Task Link_mails_without_an_account_are_dropped()
    {
        await AssertDroppedAsync(AccountMails.ConfirmEmail("kern@example.com", Given.Now));
        await AssertDroppedAsync(AccountMails.ConfirmEmail(User.UserId, Given.Now));
        await AssertDroppedAsync(AccountMails.ResetPassword("kern@example.com", Given.Now));
    }

    private void Know(MailRecipient user) =>
        _recipients.Setup(each => each.FindAsync(user.UserId, CancellationToken.None)).ReturnsAsync(user);

    private async Task AssertDroppedAsync(OutboxMail mail)
    {
        Assert.That(await WriteAsync(mail), Is.Null);
        Assert.That((mail.Status, mail.FinishedAt), Is.EqualTo((OutboxStatus.Dropped, (DateTimeOffset?)Given.Now)));
        Assert.That(_drafts, Is.Empty);
    }

    private Task<MailMessage?> WriteAsync(OutboxMail mail) =>
        new MailWriter(
            _recipients.Object,
            _challengeTokens.Object,
            _throttle.Object,
            new LinkMails(_recipients.Object, Mock.Of<IAccountTokens>(), Mock.Of<IMailThrottle>()),
            new DueMails(_settings.Object, _notices.Object, _throttle.Object),
            _composer.Object
        ).WriteAsync(mail, Given.Now, CancellationToken.None);
}
