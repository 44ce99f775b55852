using Fitnessify.Application.Mail;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Application.Tests.Mail;

public sealed class SendMailsTests
{
    private static readonly MailRecipient Recipient = new(Guid.NewGuid(), "kern@example.com", "nikolas", true, false);

    private readonly StoredMails _outbox = new();
    private readonly Mock<IMailRecipients> _recipients = new();
    private readonly Mock<IMailComposer> _composer = new();
    private readonly Mock<IMailTransport> _transport = new();
    private readonly FakeTimeProvider _clock = new(Given.Now);
    private readonly LogLines<DeliveryLog> _log = new();
    private readonly Mock<INotificationSettingsRepository> _settings = new();
    private readonly Mock<IDueNotices> _notices = new();
    private readonly SendMailsHandler _handler;

    public SendMailsTests()
    {
        _recipients
            .Setup(recipients => recipients.FindAsync(It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Recipient);
        _composer
            .Setup(composer => composer.Compose(It.IsAny<Guid>(), It.IsAny<MailDraft>()))
            .Returns((Guid id, MailDraft draft) => new MailMessage(id, draft.Recipient.Address!, "s", "t", "h"));
        Answer(MailDelivery.Delivered);
        _handler = NewHandler();
    }

    private SendMailsHandler NewHandler() =>
        new(
            _outbox,
            new MailWriter(
                _recipients.Object,
                Mock.Of<IChallengeTokens>(),
                Mock.Of<IMailThrottle>(),
                new LinkMails(_recipients.Object, Mock.Of<IAccountTokens>(), Mock.Of<IMailThrottle>()),
                new DueMails(_settings.Object, _notices.Object, Mock.Of<IMailThrottle>()),
                _composer.Object
            ),
            _transport.Object,
            new DeliveryLog(_clock, _log),
            _clock
        );

    [Test]
    public async Task Sends_due_mails_and_stores_that_they_were_sent()
    {
        var mail = Due();

        await SendAsync();

        _transport.Verify(transport =>
            transport.SendAsync(
                new MailMessage(mail.Id, Recipient.Address!, "s", "t", "h"),
                It.IsAny<CancellationToken>()
            )
        );
        Assert.That(_outbox.Stored, Is.EqualTo([(mail.Id, OutboxStatus.Sent)]));
        Assert.That(mail.FinishedAt, Is.EqualTo(Given.Now));
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task Does_nothing_when_nothing_is_due()
    {
        await SendAsync();

        Assert.That(_outbox.Stored, Is.Empty);
        Assert.That(Sent, Is.Empty);
    }

    [TestCase(1)]
    [TestCase(40)]
    public async Task Continues_until_no_mail_is_due(int mails)
    {
        Due(mails);

        await SendAsync();

        Assert.That(_outbox.Stored, Is.Unique.And.Count.EqualTo(mails));
        Assert.That(_outbox.Stored.Select(stored => stored.Status), Is.All.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task Sends_a_limited_number_at_a_time_and_fewer_to_one_domain()
    {
        List<string> now = [];
        var (most, mostOfOne) = (0, 0);
        var isFull = new TaskCompletionSource();
        _transport
            .Setup(transport => transport.SendAsync(It.IsAny<MailMessage>(), It.IsAny<CancellationToken>()))
            .Returns(
                async (MailMessage message, CancellationToken _) =>
                {
                    lock (now)
                    {
                        now.Add(message.To);
                        most = Math.Max(most, now.Count);
                        mostOfOne = Math.Max(mostOfOne, now.Count(to => to == message.To));
                    }

                    if (most == SendMailsHandler.AtATime)
                    {
                        isFull.TrySetResult();
                    }

                    await isFull.Task;
                    lock (now)
                    {
                        now.Remove(message.To);
                    }

                    return MailDelivery.Delivered;
                }
            );
        for (var i = 0; i < 40; i++)
        {
            DueTo($"ann@{(i % 2 == 0 ? "large" : $"small{i}")}.example");
        }

        await SendAsync();

        Assert.That((most, mostOfOne), Is.EqualTo((10, 5)));
        Assert.That(_outbox.Stored.Count(stored => stored.Status == OutboxStatus.Sent), Is.EqualTo(40));
    }

    [Test]
    public async Task Recipients_whose_server_stalls_do_not_delay_the_mails_of_others()
    {
        List<OutboxMail> stalled = [.. Enumerable.Range(0, 16).Select(i => DueTo($"u{i}@stalled.example"))];
        var answer = new TaskCompletionSource<MailDelivery>();
        _transport
            .Setup(transport =>
                transport.SendAsync(
                    It.Is<MailMessage>(message => message.To.EndsWith("@stalled.example")),
                    It.IsAny<CancellationToken>()
                )
            )
            .Returns(answer.Task);

        var sending = SendAsync();
        Assert.That(Sent.Count(), Is.EqualTo(SendMailsHandler.AtATimeByDomain));
        var reset = DueTo("ann@example.com");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Until(() => reset.Status == OutboxStatus.Sent);

        Assert.That(sending.IsCompleted, Is.False);
        answer.SetResult(MailDelivery.Delivered);
        await Until(() => sending.IsCompleted);
        for (var i = 0; i < 3; i++)
        {
            // What was postponed is due again soon.
            _clock.Advance(TimeSpan.FromSeconds(2));
            await SendAsync();
        }

        Assert.That(stalled.Select(mail => (mail.Status, mail.Attempts)), Is.All.EqualTo((OutboxStatus.Sent, 1)));
    }

    [Test]
    public async Task A_mail_that_is_postponed_for_its_domain_counts_for_no_limit_before_it_goes()
    {
        for (var i = 0; i < 6; i++)
        {
            DueTo("ann@stalled.example");
        }

        var answer = new TaskCompletionSource<MailDelivery>();
        _transport
            .Setup(transport => transport.SendAsync(It.IsAny<MailMessage>(), It.IsAny<CancellationToken>()))
            .Returns(answer.Task);

        var sending = SendAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Until(() => _outbox.Stored.Count > 0);

        _composer.Verify(composer => composer.Compose(It.IsAny<Guid>(), It.IsAny<MailDraft>()), Times.Exactly(5));
        answer.SetResult(MailDelivery.Delivered);
        await sending;
    }

    [Test]
    public async Task Steady_work_ends_after_half_a_minute_and_what_is_held_is_due_at_once()
    {
        Due(100);
        _transport
            .Setup(transport => transport.SendAsync(It.IsAny<MailMessage>(), It.IsAny<CancellationToken>()))
            .Callback(() => _clock.Advance(TimeSpan.FromSeconds(1)))
            .ReturnsAsync(MailDelivery.Delivered);

        await SendAsync();
        Assert.That(_outbox.Stored.Count(stored => stored.Status == OutboxStatus.Sent), Is.InRange(30, 45));
        for (var i = 0; i < 4; i++)
        {
            await NewHandler().Handle(new SendMailsCommand(), CancellationToken.None);
        }

        Assert.That(_outbox.Stored.Count(stored => stored.Status == OutboxStatus.Sent), Is.EqualTo(100));
    }

    [Test]
    public async Task Drops_a_mail_without_a_recipient()
    {
        _recipients
            .Setup(recipients => recipients.FindAsync(It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((MailRecipient?)null);

        await AssertDroppedAsync();
    }

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public async Task Drops_a_task_mail_unless_the_address_is_confirmed_and_the_account_enabled(
        bool isConfirmed,
        bool isDisabled
    )
    {
        _recipients
            .Setup(recipients => recipients.FindAsync(It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Recipient with { IsConfirmed = isConfirmed, IsDisabled = isDisabled });

        await AssertDroppedAsync();
    }

    [Test]
    public async Task Mails_that_can_wait_leave_room_for_one_that_cannot()
    {
        _settings
            .Setup(settings => settings.GetAsync(It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(NotificationSettings.Default with { Email = true });
        _notices
            .Setup(notices => notices.TryGatherAsync(It.IsAny<OutboxMail>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(true);
        _notices
            .Setup(notices =>
                notices.ReadAsync(
                    It.IsAny<OutboxMail>(),
                    It.IsAny<DateTimeOffset>(),
                    It.IsAny<int>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(new DueNotice(1, [new DueNoticeTask("Run", Given.Now, null)], false));
        var answer = new TaskCompletionSource<MailDelivery>();
        for (var i = 0; i < 20; i++)
        {
            var mail = TasksDueMail.Create(Guid.NewGuid(), Given.Now);
            LivesAt(mail, $"ann@stalled{i}.example");
            _outbox.Add(mail);
            _transport
                .Setup(transport => transport.SendAsync(Of(mail), It.IsAny<CancellationToken>()))
                .Returns(answer.Task);
        }

        var first = Due();
        var sending = SendAsync();
        await Until(() => Sent.Count() == 8);
        Assert.That(first.Status, Is.EqualTo(OutboxStatus.Sent));
        var urgent = Due();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Until(() => urgent.Status == OutboxStatus.Sent);

        Assert.That(Sent.Count(), Is.EqualTo(9));
        answer.SetResult(MailDelivery.Delivered);
        await sending;
        Assert.That(_outbox.Stored, Has.Count.EqualTo(22));
    }

    [Test]
    public async Task Retries_a_failed_mail_later_and_logs_a_warning()
    {
        Answer(MailDelivery.Failed("ConnectionRefused"));
        var mail = Due();

        await SendAsync();

        Assert.That(_outbox.Stored, Is.EqualTo([(mail.Id, OutboxStatus.Pending)]));
        Assert.That((mail.NextAttemptAt, mail.LastError), Is.EqualTo((Given.Now.AddSeconds(10), "ConnectionRefused")));
        Assert.That(_log.Lines, Has.Count.EqualTo(1));
        Assert.That(
            _log.Lines[0],
            Does.StartWith($"Warning: Mail PasswordChanged {mail.Id} failed, attempt 1: ConnectionRefused")
                .And.Not.Contains(Recipient.Address)
        );
    }

    [Test]
    public async Task Abandons_a_refused_mail_and_logs_one_error()
    {
        Answer(MailDelivery.Refused("550 MailboxUnavailable"));
        var mail = Due();

        await SendAsync();

        Assert.That(_outbox.Stored, Is.EqualTo([(mail.Id, OutboxStatus.GivenUp)]));
        Assert.That(
            _log.Lines,
            Is.EqualTo([$"Error: Gave up mail PasswordChanged {mail.Id} after 1 attempts: 550 MailboxUnavailable"])
        );
    }

    [Test]
    public async Task Abandons_a_mail_that_keeps_failing_and_logs_one_error()
    {
        Answer(MailDelivery.Failed("ConnectionRefused"));
        var mail = New(Given.Now - OutboxMail.GiveUpAfter);
        _outbox.Add(mail);

        await SendAsync();

        Assert.That(_outbox.Stored, Is.EqualTo([(mail.Id, OutboxStatus.GivenUp)]));
        Assert.That(
            _log.Lines,
            Is.EqualTo([$"Error: Gave up mail PasswordChanged {mail.Id} after 1 attempts: ConnectionRefused"])
        );
    }

    [Test]
    public async Task An_exception_of_the_transport_fails_only_its_own_mail()
    {
        var (bad, good) = (New(), New());
        _outbox.Add(bad);
        _outbox.Add(good);
        _transport
            .Setup(transport => transport.SendAsync(Of(bad), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException(Recipient.Address));

        await SendAsync();

        Assert.That(_outbox.Stored, Is.EquivalentTo([(bad.Id, OutboxStatus.Pending), (good.Id, OutboxStatus.Sent)]));
        Assert.That(bad.LastError, Is.EqualTo("InvalidOperationException"));
    }

    [Test]
    public async Task A_mail_that_cannot_be_written_fails_without_delaying_others()
    {
        var (bad, good) = (New(), New());
        _outbox.Add(bad);
        _outbox.Add(good);
        _composer
            .Setup(composer => composer.Compose(bad.Id, It.IsAny<MailDraft>()))
            .Throws<InvalidOperationException>();

        await SendAsync();

        Assert.That(_outbox.Stored, Is.EqualTo([(bad.Id, OutboxStatus.Pending), (good.Id, OutboxStatus.Sent)]));
        Assert.That(bad.LastError, Is.EqualTo("cannot be written: InvalidOperationException"));
        Assert.That(bad.NextAttemptAt, Is.EqualTo(Given.Now.AddSeconds(10)));
    }

    [Test]
    public async Task Tries_a_mail_that_may_have_arrived_again_and_gives_up_after_three_attempts()
    {
        Answer(MailDelivery.Unanswered("no answer"));
        var mail = Due();
        for (var i = 0; i < 4; i++)
        {
            await SendAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(
            _outbox.Stored.Select(stored => stored.Status),
            Is.EqualTo([OutboxStatus.Pending, OutboxStatus.Pending, OutboxStatus.GivenUp])
        );
        Assert.That(
            _log.Lines[^1],
            Is.EqualTo($"Error: Gave up mail PasswordChanged {mail.Id} after 3 attempts: no answer")
        );
    }

    [Test]
    public async Task Stops_with_the_server_and_stores_what_was_sent()
    {
        var (stalled, good) = (New(), New());
        _outbox.Add(stalled);
        _outbox.Add(good);
        using var stopping = new CancellationTokenSource();
        _transport
            .Setup(transport => transport.SendAsync(Of(stalled), It.IsAny<CancellationToken>()))
            .Returns((MailMessage _, CancellationToken token) => Never(token));
        _transport
            .Setup(transport => transport.SendAsync(Of(good), It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                stopping.Cancel();
                return Task.FromResult(MailDelivery.Delivered);
            });

        await Assert.ThatAsync(
            () => _handler.Handle(new SendMailsCommand(), stopping.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );

        Assert.That(_outbox.Stored, Is.EqualTo([(good.Id, OutboxStatus.Sent)]));
        Assert.That((stalled.Attempts, _log.Lines.Count), Is.EqualTo((0, 0)));
    }

    private IEnumerable<IInvocation> Sent => _transport.Invocations;

    private async Task SendAsync() =>
        Assert.That((await _handler.Handle(new SendMailsCommand(), CancellationToken.None)).IsSuccess, Is.True);

    private async Task AssertDroppedAsync()
    {
        var mail = Due();

        await SendAsync();

        Assert.That(Sent, Is.Empty);
        Assert.That(_outbox.Stored, Is.EqualTo([(mail.Id, OutboxStatus.Dropped)]));
        Assert.That(_log.Lines, Is.Empty);
    }

    private void Answer(MailDelivery delivery) =>
        _transport
            .Setup(transport => transport.SendAsync(It.IsAny<MailMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(delivery);

    private OutboxMail Due()
    {
        var mail = New();
        _outbox.Add(mail);
        return mail;
    }

    private void Due(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Due();
        }
    }

    private OutboxMail DueTo(string address)
    {
        var mail = Due();
        LivesAt(mail, address);
        return mail;
    }

    private void LivesAt(OutboxMail mail, string address) =>
        _recipients
            .Setup(recipients => recipients.FindAsync(mail.UserId!.Value, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Recipient with { UserId = mail.UserId!.Value, Address = address });

    private static async Task Until(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            await Task.Delay(1);
        }
    }

    private static OutboxMail New(DateTimeOffset? createdAt = null) =>
        AccountMails.PasswordChanged(Guid.NewGuid(), createdAt ?? Given.Now);

    private static MailMessage Of(OutboxMail mail) => It.Is<MailMessage>(message => message.Id == mail.Id);

    private static async Task<MailDelivery> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return MailDelivery.Delivered;
    }
}
