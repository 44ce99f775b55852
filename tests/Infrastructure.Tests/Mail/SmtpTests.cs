using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>These tests have their own database, because sending covers the mails of all users.</summary>
public sealed class SmtpTests : IAsyncDisposable
{
    private readonly SmtpListener _listener = new();
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private AccountProfile _user = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = StartInstance();
        _user = await _server.ReaderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        await _listener.DisposeAsync();
    }

    [Test]
    public async Task A_mail_is_delivered_once()
    {
        var mail = await _server.QueueAsync(_user.Id, ".Läufe");

        await _server.SendMailsAsync();
        _server.Clock.Advance(TimeSpan.FromDays(1));
        await _server.SendMailsAsync();

        var parsed = ParsedMail.Of(_listener.Received.Single());
        Assert.That(parsed["To"], Is.EqualTo(_user.Email));
        Assert.That(parsed["Message-ID"], Is.EqualTo($"<{mail.Id}@localhost>"));
        Assert.That(parsed.Subject, Is.EqualTo("Overdue: .Läufe"));
        Assert.That(parsed.Parts[0].Content, Does.Contain("\r\n.Läufe\r\n"));
        Assert.That((await RowAsync(mail)).Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [TestCase("HangUp", null)]
    [TestCase("HangUpAtEnd", null)]
    [TestCase("Garbage", null)]
    [TestCase("Binary", null)]
    [TestCase("Busy", "421 ServiceNotAvailable")]
    [TestCase("RecipientLater", "450 MailboxBusy")]
    [TestCase("RecipientPolicy", "550 MailboxUnavailable")]
    [TestCase("DataLater", "451 ErrorInProcessing")]
    [TestCase("DataRefused", "554 TransactionFailed")]
    public async Task A_mail_is_delivered_exactly_once_after_an_outage(string behavior, string? error)
    {
        _listener.Behavior = Enum.Parse<SmtpBehavior>(behavior);
        var mail = await _server.QueueAsync(_user.Id);
        await _server.SendMailsAsync();
        var failed = await RowAsync(mail);
        Assert.That((failed.Status, failed.Attempts), Is.EqualTo((OutboxStatus.Pending, 1)));
        Assert.That(failed.LastError, error is null ? Is.Not.Empty.And.Not.Contain("@") : Is.EqualTo(error));

        _listener.Behavior = SmtpBehavior.Accept;
        await _server.SendMailsAsync();
        Assert.That(_listener.Received, Is.Empty, "The mail is not due yet.");
        for (var i = 0; i < 4; i++)
        {
            _server.Clock.Advance(OutboxMail.FirstRetryAfter);
            await _server.SendMailsAsync();
        }

        Assert.That(_listener.Received, Has.Count.EqualTo(1));
        var sent = await RowAsync(mail);
        Assert.That((sent.Status, sent.Attempts, sent.LastError), Is.EqualTo((OutboxStatus.Sent, 2, (string?)null)));
    }

    [Test]
    public async Task An_unreachable_server_delays_a_mail_until_it_is_abandoned()
    {
        await _listener.DisposeAsync();
        var mail = await _server.QueueAsync(_user.Id);
        var created = _server.Clock.GetUtcNow();
        List<int> attempts = [];
        while ((await RowAsync(mail)).Status == OutboxStatus.Pending)
        {
            await _server.SendMailsAsync();
            var row = await RowAsync(mail);
            attempts.Add(row.Attempts);
            Assert.That(row.LastError, Is.EqualTo("ConnectionRefused"));
            _server.Clock.Advance(row.NextAttemptAt - _server.Clock.GetUtcNow());
        }

        Assert.That(attempts, Is.EqualTo(Enumerable.Range(1, attempts.Count)).And.Count.InRange(78, 84));
        var last = await RowAsync(mail);
        Assert.That(last.Status, Is.EqualTo(OutboxStatus.GivenUp));
        Assert.That(last.FinishedAt - created, Is.InRange(TimeSpan.FromDays(3), TimeSpan.FromHours(73)));
    }

    [TestCase("RecipientUnknown")]
    [TestCase("RecipientUnknownToPolicy")]
    public async Task A_mail_to_an_unknown_recipient_is_abandoned_at_once(string behavior)
    {
        _listener.Behavior = Enum.Parse<SmtpBehavior>(behavior);
        var mail = await _server.QueueAsync(_user.Id);

        await _server.SendMailsAsync();

        var row = await RowAsync(mail);
        Assert.That((row.Status, row.LastError), Is.EqualTo((OutboxStatus.GivenUp, "550 MailboxUnavailable")));
    }

    [Test]
    public async Task An_accepted_mail_counts_as_delivered_even_when_the_connection_closes_badly()
    {
        _listener.Behavior = SmtpBehavior.HangUpAfterEnd;
        var mail = await _server.QueueAsync(_user.Id);

        await _server.SendMailsAsync();

        Assert.That(_listener.Received, Has.Count.EqualTo(1));
        Assert.That((await RowAsync(mail)).Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task A_mail_to_an_unusable_address_is_abandoned_at_once()
    {
        var message = new MailMessage(Guid.NewGuid(), "ann@", "Subject", "text", "<p>html</p>");

        var delivery = await _server.Get<IMailTransport>().SendAsync(message, default);

        Assert.That(delivery, Is.EqualTo(MailDelivery.Refused("no mail can be addressed to the recipient")));
        Assert.That(_listener.Calls, Is.Zero);
    }

    [TestCase("StallAtOnce", 10, "no answer within 10 s")]
    [TestCase("StallAtEnd", 90, "no answer to the mail, which may have arrived")]
    public async Task A_stalled_server_costs_one_attempt_and_delays_no_request(
        string behavior,
        int seconds,
        string error
    )
    {
        _listener.Behavior = Enum.Parse<SmtpBehavior>(behavior);
        var mail = await _server.QueueAsync(_user.Id);
        var sending = _server.SendMailsAsync();
        await _listener.IsStalling.Task;

        await _server.SignInNewUserAsync();
        var created = await _server.SendAsync(new CreateTaskCommand(new TaskInput("Meanwhile")));
        Assert.That(created.Error, Is.Null);
        Assert.That(sending.IsCompleted, Is.False);
        _server.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.That((await RowAsync(mail)).Attempts, Is.Zero);
        Assert.That(sending.IsCompleted, Is.False);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        await sending;

        var row = await RowAsync(mail);
        Assert.That((row.Attempts, row.LastError), Is.EqualTo((1, error)));
        _listener.Behavior = SmtpBehavior.Accept;
        _server.Clock.Advance(OutboxMail.FirstRetryAfter);
        await _server.SendMailsAsync();
        Assert.That(_listener.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_mail_that_is_accepted_late_is_sent_once()
    {
        _listener.Behavior = SmtpBehavior.LateAtEnd;
        var mail = await _server.QueueAsync(_user.Id);
        var sending = _server.SendMailsAsync();
        await _listener.NextStallAsync();

        _server.Clock.Advance(TimeSpan.FromSeconds(89));
        _listener.Answer.SetResult();
        await sending;

        var row = await RowAsync(mail);
        Assert.That((row.Status, row.Attempts), Is.EqualTo((OutboxStatus.Sent, 1)));
        Assert.That(_listener.Received, Has.Count.EqualTo(1));
    }

    [TestCase("StallAtEnd")]
    [TestCase("HangUpAtEnd")]
    public async Task A_mail_that_may_have_arrived_each_time_is_abandoned_after_three_attempts(string behavior)
    {
        _listener.Behavior = Enum.Parse<SmtpBehavior>(behavior);
        var mail = await _server.QueueAsync(_user.Id);
        for (var i = 0; i < 10; i++)
        {
            var sending = _server.SendMailsAsync();
            if (_listener.Behavior == SmtpBehavior.StallAtEnd && i < 3)
            {
                await _listener.NextStallAsync();
                _server.Clock.Advance(SmtpTransport.AnswerLimit);
            }

            await sending;
            _server.Clock.Advance(TimeSpan.FromHours(1));
        }

        var row = await RowAsync(mail);
        Assert.That(_listener.Unanswered, Has.Count.EqualTo(3));
        Assert.That(
            (row.Status, row.Attempts, row.LastError),
            Is.EqualTo((OutboxStatus.GivenUp, 3, "no answer to the mail, which may have arrived"))
        );
    }

    [Test]
    public void No_attempt_outlives_its_lease() =>
        Assert.That(
            SmtpTransport.TimeLimit + SmtpTransport.AnswerLimit + SmtpTransport.TimeLimit,
            Is.LessThan(OutboxMail.Lease)
        );

    [Test]
    public async Task A_stalled_mail_does_not_delay_others()
    {
        _listener.Stalled = _user.Email;
        var stalled = await _server.QueueAsync(_user.Id);
        List<OutboxMail> others = [];
        for (var i = 0; i < 12; i++)
        {
            others.Add(await _server.QueueAsync((await _server.ReaderAsync()).Id));
        }

        var sending = _server.SendMailsAsync();
        await _listener.IsStalling.Task;
        await using var watcher = StartInstance();
        while (!await AllSentAsync(watcher, others))
        {
            await Task.Yield();
        }

        Assert.That(sending.IsCompleted, Is.False);
        _server.Clock.Advance(SmtpTransport.AnswerLimit);
        await sending;
        Assert.That((await RowAsync(stalled)).LastError, Is.EqualTo(SmtpFailures.NoAnswer));
        Assert.That(_listener.Received, Has.Count.EqualTo(12));
    }

    [Test]
    public async Task Two_instances_deliver_each_mail_once()
    {
        await using var other = StartInstance();
        List<string> ids = [];
        for (var i = 0; i < 50; i++)
        {
            ids.Add($"<{(await _server.QueueAsync(_user.Id)).Id}@localhost>");
        }

        await Task.WhenAll(Task.Run(_server.SendMailsAsync), Task.Run(other.SendMailsAsync));

        Assert.That(_listener.Received.Select(mail => ParsedMail.Of(mail)["Message-ID"]), Is.EquivalentTo(ids));
    }

    [Test]
    public async Task A_server_without_STARTTLS_is_not_used_when_STARTTLS_is_required()
    {
        await using var secure = StartInstance(("Mail:Security", "StartTls"));
        var mail = await _server.QueueAsync(_user.Id);

        await secure.SendMailsAsync();

        Assert.That(_listener.Received, Is.Empty);
        var row = await RowAsync(mail);
        Assert.That(
            (row.Attempts, row.LastError),
            Is.EqualTo((1, "the mail server offers no STARTTLS, or no such sign-in"))
        );
    }

    private Instance StartInstance(params (string Key, string Value)[] settings) =>
        _database.Start([
            ("Mail:Mode", "Smtp"),
            ("Mail:Host", "127.0.0.1"),
            ("Mail:Port", $"{_listener.Port}"),
            ("Mail:Security", "None"),
            .. settings,
        ]);

    private async Task<OutboxMail> RowAsync(OutboxMail mail) => (await _server.RowAsync(mail))!;

    private static async Task<bool> AllSentAsync(Instance server, IEnumerable<OutboxMail> mails)
    {
        foreach (var mail in mails)
        {
            if ((await server.RowAsync(mail))!.Status != OutboxStatus.Sent)
            {
                return false;
            }
        }

        return true;
    }
}
