using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>These tests have their own database, because sending covers the mails of all users.</summary>
public sealed class PickupTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private AccountProfile _user = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Mail:From", "Fitnessify <no-reply@fitnessify.example>"));
        _user = await _server.ReaderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    private string Folder => Path.Combine(_database.Folder, "data", "mail");

    [Test]
    public async Task A_mail_is_written_to_a_file_with_all_headers_and_both_parts()
    {
        var mail = await _server.QueueAsync(_user.Id, "Läufe & <b>Sprünge</b> 🏃");

        await _server.SendMailsAsync();

        var parsed = await ReadAsync(mail);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed["From"], Does.Contain("Fitnessify").And.EndsWith("<no-reply@fitnessify.example>"));
            Assert.That(parsed["To"], Is.EqualTo(_user.Email));
            Assert.That(parsed["Message-ID"], Is.EqualTo($"<{mail.Id}@fitnessify.example>"));
            Assert.That(parsed["Auto-Submitted"], Is.EqualTo("auto-generated"));
            Assert.That(parsed["MIME-Version"], Is.EqualTo("1.0"));
            Assert.That(parsed["Content-Type"], Does.StartWith("multipart/alternative"));
            Assert.That(DateTimeOffset.TryParse(parsed["Date"], out _), Is.True);
            Assert.That(parsed.Subject, Is.EqualTo("Overdue: Läufe & <b>Sprünge</b> 🏃"));
            Assert.That(
                parsed.Parts.Select(part => part.Type),
                Is.EqualTo(["text/plain; charset=utf-8", "text/html; charset=utf-8"])
            );
            Assert.That(
                parsed.Parts[0].Content,
                Does.StartWith($"Hello {_user.Username},\r\n").And.Contains("\r\nLäufe & <b>Sprünge</b> 🏃\r\n")
            );
            Assert.That(
                parsed.Parts[1].Content,
                Does.Contain("&lt;b&gt;Spr&#252;nge&lt;/b&gt;").And.Not.Contains("<b>")
            );
        }

        Assert.That((await _server.RowAsync(mail))!.Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [TestCase("Run\r\nBcc: victim@example.org")]
    [TestCase("Run\nBcc: victim@example.org")]
    [TestCase("Run\rBcc: victim@example.org")]
    [TestCase("Run\r\n\r\n<script>alert(1)</script>")]
    [TestCase("\r\nBcc: victim@example.org")]
    [TestCase("Run\u0085Bcc: victim@example.org")]
    [TestCase("Run\u2028Bcc: victim@example.org")]
    [TestCase("Run\0Bcc: victim@example.org")]
    [TestCase("Run\u202EBcc: victim@example.org")]
    [TestCase("Run\uD83DBcc: victim@example.org")]
    [TestCase("=?utf-8?Q?Run=0D=0ABcc:_victim@example.org?=")]
    [TestCase("{{username}}\r\nBcc: victim@example.org")]
    public async Task A_task_title_cannot_inject_headers(string title)
    {
        var plain = await _server.QueueAsync(_user.Id);
        var mail = await _server.QueueAsync(_user.Id, title);

        await _server.SendMailsAsync();

        var parsed = await ReadAsync(mail);
        Assert.That(parsed.Names, Is.EqualTo((await ReadAsync(plain)).Names));
        Assert.That(parsed.Parts, Has.Count.EqualTo(2));
        Assert.That(parsed.Subject, Does.StartWith("Overdue: ").And.Not.Match(@"[\r\n\0\u0085\u2028\u202E]"));
        Assert.That(parsed.Parts[1].Content, Does.Not.Contain("<script>"));
        Assert.That(await File.ReadAllTextAsync(FileOf(mail)), Does.Not.Contain("=?utf-8?Q?Run=0D"));
    }

    [TestCase("a..b@example.org", "\"a..b\"@example.org")]
    [TestCase(".a@example.org", "\".a\"@example.org")]
    [TestCase("a.@example.org", "\"a.\"@example.org")]
    [TestCase("a.b+c@example.org", "a.b+c@example.org")]
    public async Task An_unusual_local_part_is_quoted(string address, string expected)
    {
        var message = new MailMessage(Guid.NewGuid(), address, "Subject", "text", "<p>html</p>");

        await _server.Get<IMailTransport>().SendAsync(message, default);

        var file = await File.ReadAllTextAsync(Path.Combine(Folder, $"{message.Id}.eml"));
        Assert.That(file, Does.Contain($"To: {expected}\r\n"));
    }

    [Test]
    public async Task A_long_subject_is_complete()
    {
        var title = string.Concat(Enumerable.Repeat("日本語🏃 ", 33)).Trim();
        var mail = await _server.QueueAsync(_user.Id, title);

        await _server.SendMailsAsync();

        Assert.That((await ReadAsync(mail)).Subject, Is.EqualTo($"Overdue: {title}"));
        var lines = await File.ReadAllLinesAsync(FileOf(mail));
        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(998));
    }

    [Test]
    public async Task A_retry_replaces_its_file_and_leaves_no_other()
    {
        var message = new MailMessage(Guid.NewGuid(), _user.Email!, "First", "text", "<p>html</p>");
        var transport = _server.Get<IMailTransport>();

        Assert.That(await transport.SendAsync(message, default), Is.EqualTo(MailDelivery.Delivered));
        Assert.That(
            await transport.SendAsync(message with { Subject = "Second" }, default),
            Is.EqualTo(MailDelivery.Delivered)
        );

        Assert.That(Directory.GetFileSystemEntries(Folder), Is.EqualTo([Path.Combine(Folder, $"{message.Id}.eml")]));
        Assert.That(
            ParsedMail.Of(await File.ReadAllTextAsync(Path.Combine(Folder, $"{message.Id}.eml")))["Subject"],
            Is.EqualTo("Second")
        );
    }

    [Test]
    public async Task An_unwritable_folder_delays_the_mail()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        await File.WriteAllTextAsync(Folder, "a file");
        var mail = await _server.QueueAsync(_user.Id);

        await _server.SendMailsAsync();

        var row = (await _server.RowAsync(mail))!;
        Assert.That(row.Status, Is.EqualTo(OutboxStatus.Pending));
        Assert.That(row.LastError, Is.EqualTo("cannot be written to Mail:PickupFolder: IOException"));
        File.Delete(Folder);
        _server.Clock.Advance(OutboxMail.FirstRetryAfter);
        await _server.SendMailsAsync();
        Assert.That(File.Exists(FileOf(mail)), Is.True);
    }

    [Test]
    public async Task A_mail_about_a_task_is_not_written_for_an_unconfirmed_address()
    {
        var mail = await _server.QueueAsync((await _server.SignUpAsync()).Id, "Run");

        await _server.SendMailsAsync();

        Assert.That((await _server.RowAsync(mail))!.Status, Is.EqualTo(OutboxStatus.Dropped));
        Assert.That(Directory.Exists(Folder), Is.False);
    }

    [Test]
    public async Task The_files_of_a_mail_go_before_its_row_when_its_days_are_over()
    {
        var mail = await _server.QueueAsync(_user.Id);
        await _server.SendMailsAsync();
        // A server that is killed while it writes leaves such a file behind.
        await File.WriteAllTextAsync(PartOf(mail), "From: ");
        var filesAtDeletion = -1;
        _server.Commands.Before = command =>
        {
            if (
                command.CommandText.Contains("DELETE", StringComparison.Ordinal)
                && Commands.Names(command, "OutboxMails")
            )
            {
                filesAtDeletion = Directory.GetFiles(Folder).Length;
            }

            return Task.CompletedTask;
        };

        _server.Clock.Advance(TimeSpan.FromDays(30));
        await PurgeAsync();
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2), "thirty days old");
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await PurgeAsync();

        Assert.That(filesAtDeletion, Is.Zero, "Whoever is killed in between comes back for the row.");
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
        Assert.That(await _server.RowAsync(mail), Is.Null);
    }

    [Test]
    public async Task A_file_that_cannot_be_deleted_is_logged_and_stops_nothing()
    {
        var log = new LogLines<PickupTransport>();
        await using var server = _database.Start(
            services => services.AddSingleton<ILogger<PickupTransport>>(log),
            ("Retention:MailDays", "1")
        );
        var (stuck, other) = (await server.QueueAsync(_user.Id), await server.QueueAsync(_user.Id));
        await server.SendMailsAsync();
        // No user of any rights can delete a folder as a file.
        File.Delete(FileOf(stuck));
        Directory.CreateDirectory(FileOf(stuck));

        server.Clock.Advance(TimeSpan.FromDays(2));
        Assert.That((await server.SendAsync(new PurgeExpiredCommand())).Error, Is.Null);

        Assert.That(log.Lines, Is.EqualTo([$"Warning: {FileOf(stuck)} cannot be deleted"]));
        Assert.That(File.Exists(FileOf(other)), Is.False);
        Assert.That(
            (await server.RowAsync(stuck), await server.RowAsync(other)),
            Is.EqualTo(((object?)null, (object?)null))
        );
    }

    private string FileOf(OutboxMail mail) => Path.Combine(Folder, $"{mail.Id}.eml");

    private string PartOf(OutboxMail mail) => Path.Combine(Folder, $"{mail.Id}.part");

    private async Task PurgeAsync() => Assert.That((await _server.SendAsync(new PurgeExpiredCommand())).Error, Is.Null);

    private async Task<ParsedMail> ReadAsync(OutboxMail mail) =>
        ParsedMail.Of(await File.ReadAllTextAsync(FileOf(mail)));
}
