using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>In a database of its own: who sends mails sends those of everybody.</summary>
public sealed class SmtpTests : IAsyncDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

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
    public async Task Hands_the_mail_over_once()
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
    public async Task Delivers_exactly_once_after_an_outage(string mood, string? error)
    {
        _listener.Mood = Enum.Parse<Mood>(mood);
        var mail = await _server.QueueAsync(_user.Id);
        await _server.SendMailsAsync();
        var failed = await RowAsync(mail);
        Assert.That((failed.Status, failed.Attempts), Is.EqualTo((OutboxStatus.Pending, 1)));
        Assert.That(failed.LastError, error is null ? Is.Not.Empty.And.Not.Contain("@") : Is.EqualTo(error));

        _listener.Mood = Mood.Accept;
        await _server.SendMailsAsync();
        Assert.That(_listener.Received, Is.Empty, "Its time has not come.");
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
    public async Task A_server_that_is_not_there_delays_the_mail_until_it_is_given_up()
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
    public async Task A_recipient_that_the_server_does_not_know_is_given_up_at_once(string mood)
    {
        _listener.Mood = Enum.Parse<Mood>(mood);
        var mail = await _server.QueueAsync(_user.Id);

        await _server.SendMailsAsync();

        var row = await RowAsync(mail);
        Assert.That((row.Status, row.LastError), Is.EqualTo((OutboxStatus.GivenUp, "550 MailboxUnavailable")));
    }

    [Test]
    public async Task A_mail_that_the_server_has_is_delivered_whatever_becomes_of_the_goodbye()
    {
        _listener.Mood = Mood.HangUpAfterEnd;
        var mail = await _server.QueueAsync(_user.Id);

        await _server.SendMailsAsync();

        Assert.That(_listener.Received, Has.Count.EqualTo(1));
        Assert.That((await RowAsync(mail)).Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task A_recipient_that_no_mail_can_be_addressed_to_is_given_up_at_once()
    {
        var message = new MailMessage(Guid.NewGuid(), "ann@", "Subject", "text", "<p>html</p>");

        var delivery = await _server.Get<IMailTransport>().SendAsync(message, default);

        Assert.That(delivery, Is.EqualTo(MailDelivery.Refused("no mail can be addressed to the recipient")));
        Assert.That(_listener.Calls, Is.Zero);
    }

    [TestCase("StallAtOnce")]
    [TestCase("StallAtEnd")]
    public async Task A_server_that_stalls_costs_one_attempt_and_no_request_waits_for_it(string mood)
    {
        _listener.Mood = Enum.Parse<Mood>(mood);
        var mail = await _server.QueueAsync(_user.Id);
        var sending = _server.SendMailsAsync();
        await _listener.IsStalling.Task;

        await _server.EnterAsync();
        var created = await _server.SendAsync(new CreateTaskCommand(new TaskInput("Meanwhile")));
        Assert.That(created.Error, Is.Null);
        Assert.That(sending.IsCompleted, Is.False);
        _server.Clock.Advance(TimeLimit);
        await sending;

        var row = await RowAsync(mail);
        Assert.That((row.Attempts, row.LastError), Is.EqualTo((1, "no answer within 10 s")));
        _listener.Mood = Mood.Accept;
        _server.Clock.Advance(OutboxMail.FirstRetryAfter);
        await _server.SendMailsAsync();
        Assert.That(_listener.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stalled_mail_keeps_back_no_other()
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
        _server.Clock.Advance(TimeLimit);
        await sending;
        Assert.That((await RowAsync(stalled)).LastError, Is.EqualTo("no answer within 10 s"));
        Assert.That(_listener.Received, Has.Count.EqualTo(12));
    }

    [Test]
    public async Task Two_instances_hand_each_mail_over_once()
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
    public async Task Does_without_a_server_that_offers_no_TLS_when_that_is_asked_for()
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
