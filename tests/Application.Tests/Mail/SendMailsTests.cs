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

    private readonly Mock<IMailOutbox> _outbox = new();
    private readonly Mock<IMailRecipients> _recipients = new();
    private readonly Mock<IMailComposer> _composer = new();
    private readonly Mock<IMailTransport> _transport = new();
    private readonly FakeTimeProvider _clock = new(Given.Now);
    private readonly LogLines<DeliveryLog> _log = new();
    private readonly Queue<IReadOnlyList<OutboxMail>> _batches = new();
    private readonly Queue<IReadOnlyList<OutboxMail>> _notices = new();
    private readonly List<(Guid Id, OutboxStatus Status)> _stored = [];
    private readonly SendMailsHandler _handler;

    public SendMailsTests()
    {
        _outbox
            .Setup(outbox =>
                outbox.TakeDueAsync(
                    false,
                    _clock.GetUtcNow(),
                    40,
                    TimeSpan.FromMinutes(2),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(() => _batches.TryDequeue(out var batch) ? batch : []);
        _outbox
            .Setup(outbox =>
                outbox.TakeDueAsync(true, _clock.GetUtcNow(), 8, TimeSpan.FromMinutes(2), It.IsAny<CancellationToken>())
            )
            .ReturnsAsync(() => _notices.TryDequeue(out var batch) ? batch : []);
        _outbox
            .Setup(outbox =>
                outbox.StoreAsync(It.IsAny<OutboxMail>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())
            )
            .Callback((OutboxMail mail, DateTimeOffset _, CancellationToken _) => _stored.Add((mail.Id, mail.Status)))
            .Returns(Task.CompletedTask);
        _recipients
            .Setup(recipients => recipients.FindAsync(It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Recipient);
        _composer
            .Setup(composer => composer.Compose(It.IsAny<Guid>(), It.IsAny<MailDraft>()))
            .Returns((Guid id, MailDraft draft) => new MailMessage(id, draft.Recipient.Address!, "s", "t", "h"));
        Answer(MailDelivery.Delivered);
        _handler = new(
            _outbox.Object,
            new MailWriter(
                _recipients.Object,
                Mock.Of<IChallengeTokens>(),
                Mock.Of<IMailThrottle>(),
                new LinkMails(_recipients.Object, Mock.Of<IAccountTokens>(), Mock.Of<IMailThrottle>()),
                new DueMails(
                    Mock.Of<INotificationSettingsRepository>(),
                    Mock.Of<IDueNotices>(),
                    Mock.Of<IMailThrottle>()
                ),
                _composer.Object
            ),
            _transport.Object,
            new DeliveryLog(_clock, _log),
            _clock
        );
    }

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
        Assert.That(_stored, Is.EqualTo([(mail.Id, OutboxStatus.Sent)]));
        Assert.That(mail.FinishedAt, Is.EqualTo(Given.Now));
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task Does_nothing_when_nothing_is_due()
    {
        await SendAsync();

        Assert.That(_stored, Is.Empty);
        Assert.That(Sent, Is.Empty);
    }

    [TestCase(0, 2)]
    [TestCase(1, 3)]
    [TestCase(40, 3)]
    public async Task Continues_until_no_mail_is_due(int mails, int batches)
    {
        Due(mails);

        await SendAsync();

        Assert.That(_outbox.Invocations.Count(call => call.Method.Name == "TakeDueAsync"), Is.EqualTo(batches));
        Assert.That(_stored, Has.Count.EqualTo(mails));
    }

    [Test]
    public async Task Sends_a_limited_number_at_a_time()
    {
        var (now, most) = (0, 0);
        _transport
            .Setup(transport => transport.SendAsync(It.IsAny<MailMessage>(), It.IsAny<CancellationToken>()))
            .Returns(async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return MailDelivery.Delivered;
            });
        Due(39);

        await SendAsync();

        Assert.That(most, Is.InRange(2, SendMailsHandler.AtATime));
    }

    [Test]
    public void A_batch_finishes_within_its_lease_even_when_every_mail_is_slow() =>
        Assert.That(
            SendMailsHandler.TimeLimit * (SendMailsHandler.BatchSize / SendMailsHandler.AtATime),
            Is.LessThanOrEqualTo(SendMailsHandler.Lease / 2)
        );

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
    public async Task Checks_for_urgent_mails_after_every_eight_others()
    {
        var (first, second) = (New(), New());
        _notices.Enqueue([first]);
        _notices.Enqueue([second]);
        var urgent = New();
        _transport
            .Setup(transport => transport.SendAsync(Of(first), It.IsAny<CancellationToken>()))
            .Callback(() => _batches.Enqueue([urgent]))
            .ReturnsAsync(MailDelivery.Delivered);

        await SendAsync();

        Assert.That(_stored.Select(stored => stored.Id), Is.EqualTo([first.Id, urgent.Id, second.Id]));
    }

    [Test]
    public async Task Retries_a_failed_mail_later_and_logs_a_warning()
    {
        Answer(MailDelivery.Failed("ConnectionRefused"));
        var mail = Due();

        await SendAsync();

        Assert.That(_stored, Is.EqualTo([(mail.Id, OutboxStatus.Pending)]));
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

        Assert.That(_stored, Is.EqualTo([(mail.Id, OutboxStatus.GivenUp)]));
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
        _batches.Enqueue([mail]);

        await SendAsync();

        Assert.That(_stored, Is.EqualTo([(mail.Id, OutboxStatus.GivenUp)]));
        Assert.That(
            _log.Lines,
            Is.EqualTo([$"Error: Gave up mail PasswordChanged {mail.Id} after 1 attempts: ConnectionRefused"])
        );
    }

    [Test]
    public async Task An_exception_of_the_transport_fails_only_its_own_mail()
    {
        var (bad, good) = (New(), New());
        _batches.Enqueue([bad, good]);
        _transport
            .Setup(transport => transport.SendAsync(Of(bad), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException(Recipient.Address));

        await SendAsync();

        Assert.That(_stored, Is.EquivalentTo([(bad.Id, OutboxStatus.Pending), (good.Id, OutboxStatus.Sent)]));
        Assert.That(bad.LastError, Is.EqualTo("InvalidOperationException"));
    }

    [Test]
    public async Task A_mail_that_cannot_be_written_fails_without_delaying_others()
    {
        var (bad, good) = (New(), New());
        _batches.Enqueue([bad, good]);
        _composer
            .Setup(composer => composer.Compose(bad.Id, It.IsAny<MailDraft>()))
            .Throws<InvalidOperationException>();

        await SendAsync();

        Assert.That(_stored, Is.EqualTo([(bad.Id, OutboxStatus.Pending), (good.Id, OutboxStatus.Sent)]));
        Assert.That(bad.LastError, Is.EqualTo("cannot be written: InvalidOperationException"));
        Assert.That(bad.NextAttemptAt, Is.EqualTo(Given.Now.AddSeconds(10)));
    }

    [Test]
    public async Task A_stalled_recipient_times_out_without_delaying_others()
    {
        var (stalled, good) = (New(), New());
        _batches.Enqueue([stalled, good]);
        _transport
            .Setup(transport => transport.SendAsync(Of(stalled), It.IsAny<CancellationToken>()))
            .Returns((MailMessage _, CancellationToken token) => Never(token));

        var isStored = new TaskCompletionSource();
        _outbox
            .Setup(outbox => outbox.StoreAsync(good, Given.Now, It.IsAny<CancellationToken>()))
            .Callback(isStored.SetResult)
            .Returns(Task.CompletedTask);

        var sending = SendAsync();
        await isStored.Task;
        Assert.That(good.Status, Is.EqualTo(OutboxStatus.Sent));
        Assert.That(sending.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.That(stalled.LastError, Is.Null);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await sending;

        Assert.That(_stored, Is.EqualTo([(stalled.Id, OutboxStatus.Pending)]));
        Assert.That(stalled.LastError, Is.EqualTo("no answer within 10 s"));
    }

    [Test]
    public async Task Stops_with_the_server_and_stores_what_was_sent()
    {
        var (stalled, good) = (New(), New());
        _batches.Enqueue([stalled, good]);
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

        _outbox.Verify(outbox => outbox.StoreAsync(good, Given.Now, CancellationToken.None), Times.Once);
        Assert.That(_stored, Is.EqualTo([(good.Id, OutboxStatus.Sent)]));
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
        Assert.That(_stored, Is.EqualTo([(mail.Id, OutboxStatus.Dropped)]));
        Assert.That(_log.Lines, Is.Empty);
    }

    private void Answer(MailDelivery delivery) =>
        _transport
            .Setup(transport => transport.SendAsync(It.IsAny<MailMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(delivery);

    private OutboxMail Due()
    {
        var mail = New();
        _batches.Enqueue([mail]);
        return mail;
    }

    private void Due(int count) => _batches.Enqueue([.. Enumerable.Range(0, count).Select(_ => New())]);

    private static OutboxMail New(DateTimeOffset? createdAt = null) =>
        AccountMails.PasswordChanged(Guid.NewGuid(), createdAt ?? Given.Now);

    private static MailMessage Of(OutboxMail mail) => It.Is<MailMessage>(message => message.Id == mail.Id);

    private static async Task<MailDelivery> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return MailDelivery.Delivered;
    }
}
