using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>These tests have their own database, because the outbox contains the mails of all users.</summary>
public sealed class MailOutboxTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private TestDatabase _database = null!;
    private Instance _server = null!;
    private AccountProfile _user = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _user = await _server.ReaderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_mail_is_stored_unchanged()
    {
        var mail = OutboxMail.ToUser(
            MailKind.PasswordChanged,
            _user.Id,
            new Dictionary<string, string> { ["at"] = "Läufe «🏃» \"quoted\" \\ {{title}}" },
            _server.Clock.Now()
        );
        await _server.QueueAsync(mail);

        var row = await _server.RowAsync(mail);

        Assert.That(row, Is.EqualTo(mail).UsingPropertiesComparer());
    }

    [Test]
    public async Task A_failed_save_stores_no_mail()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<IAccountRepository>();
        var now = _server.Clock.Now();
        var twin = Account.Register(_user.Username, "other@example.org", "hash", now);
        accounts.Add(twin);
        var mail = AccountMails.PasswordChanged(twin.Id, now);
        scope.ServiceProvider.GetRequiredService<IMailOutbox>().Add(mail);

        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);

        Assert.That(saved.Error, Is.EqualTo(AccountErrors.UsernameTaken));
        Assert.That(await _server.RowAsync(mail), Is.Null);
    }

    [Test]
    public async Task Nothing_is_stored_before_the_save()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var now = _server.Clock.Now();
        var mail = AccountMails.PasswordChanged(_user.Id, now);

        scope.ServiceProvider.GetRequiredService<IMailOutbox>().Add(mail);

        Assert.That(await _server.RowAsync(mail), Is.Null);
    }

    [Test]
    public async Task Concurrent_instances_take_each_mail_once()
    {
        var mails = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            mails.Add((await _server.QueueAsync(_user.Id)).Id);
        }

        await using var other = _database.Start();
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => TakeAsync(i % 2 == 0 ? _server : other)))
        );

        Assert.That(taken.SelectMany(each => each), Is.EquivalentTo(mails));
    }

    [Test]
    public async Task A_mail_that_another_instance_has_taken_and_sent_meanwhile_is_not_taken_again()
    {
        var mail = await _server.QueueAsync(_user.Id);
        await using var other = _database.Start();
        _server.Commands.OnceAfter(
            command => Commands.Names(command, "OutboxMails"),
            () =>
                other.UseAsync(
                    async (IMailOutbox outbox) =>
                    {
                        var now = other.Clock.Now();
                        var sent = (await outbox.TakeDueAsync(mail.CanWait, now, 1, Lease, default)).Single();
                        sent.Sent(now);
                        await outbox.StoreAsync(sent, now, default);
                        return sent;
                    }
                )
        );

        var taken = await TakeAsync(_server);

        Assert.That(taken, Is.Empty);
        Assert.That((await _server.RowAsync(mail))!.Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task A_mail_that_another_instance_has_just_taken_is_not_taken_again()
    {
        var mail = await _server.QueueAsync(_user.Id);
        _server.Commands.Before = async command =>
        {
            if (command.CommandText.Contains("UPDATE", StringComparison.Ordinal))
            {
                // The same mail has just been stored by another instance.
                await using var quicker = Commands.Copy(command);
                Assert.That(await quicker.ExecuteNonQueryAsync(), Is.EqualTo(1));
            }
        };

        var taken = await TakeAsync(_server);

        Assert.That(taken, Is.Empty);
        var row = await _server.RowAsync(mail);
        Assert.That(row!.NextAttemptAt, Is.EqualTo(_server.Clock.Now() + Lease));
    }

    [Test]
    public async Task The_longest_due_mails_are_taken_first_up_to_the_limit()
    {
        var now = _server.Clock.Now();
        var later = Notice(now.AddMilliseconds(1));
        var second = Notice(now);
        var first = Notice(now.AddMinutes(-1));
        foreach (var mail in (OutboxMail[])[later, second, first])
        {
            await _server.QueueAsync(mail);
        }

        Assert.That(await TakeAsync(_server, 1), Is.EqualTo([first.Id]));
        Assert.That(await TakeAsync(_server), Is.EqualTo([second.Id]));
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await TakeAsync(_server), Is.EqualTo([later.Id]));

        OutboxMail Notice(DateTimeOffset notBefore) =>
            OutboxMail.ToUser(MailKind.PasswordChanged, _user.Id, new Dictionary<string, string>(), now, notBefore);
    }

    [Test]
    public async Task Urgent_mails_and_others_are_taken_separately()
    {
        var account = await _server.QueueAsync(_user.Id);
        var notice = TasksDueMail.Create(_user.Id, _server.Clock.Now());
        await _server.QueueAsync(notice);

        Assert.That(await TakeAsync(_server, canWait: true), Is.EqualTo([notice.Id]));
        Assert.That(await TakeAsync(_server), Is.EqualTo([account.Id]));
    }

    [Test]
    public async Task A_taken_mail_is_due_again_after_the_lease_when_the_instance_is_gone()
    {
        var mail = await _server.QueueAsync(_user.Id);
        await TakeAsync(_server);
        _server.Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.That(await TakeAsync(_server), Is.Empty);

        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await TakeAsync(_server), Is.EqualTo([mail.Id]));
    }

    [Test]
    public async Task A_finished_mail_is_neither_taken_nor_changed_again()
    {
        var mail = await _server.QueueAsync(_user.Id);
        var late = await _server.RowAsync(mail);
        mail.Sent(_server.Clock.Now());
        await StoreAsync(mail);
        late!.Failed("ConnectionRefused", _server.Clock.Now());

        await StoreAsync(late);

        _server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await TakeAsync(_server), Is.Empty);
        Assert.That(await _server.RowAsync(mail), Is.EqualTo(mail).UsingPropertiesComparer());
    }

    [Test]
    public async Task Mails_are_deleted_with_the_account()
    {
        var mail = await _server.QueueAsync(_user.Id);

        await _server.UseAsync(
            (AppDbContext context) => context.Accounts.Where(user => user.Id == _user.Id).ExecuteDeleteAsync()
        );

        Assert.That(await _server.RowAsync(mail), Is.Null);
        await StoreAsync(mail);
        Assert.That(await _server.RowAsync(mail), Is.Null);
    }

    [Test]
    public async Task An_empty_outbox_is_detected_by_one_index_search_per_kind()
    {
        List<string> commands = [];
        List<string> plan = [];
        _server.Commands.Before = async command =>
        {
            commands.Add(command.CommandText);
            if (TestDatabase.Provider == DatabaseProvider.Sqlite)
            {
                plan = await Commands.ExplainAsync(command);
            }
        };

        await _server.SendMailsAsync();

        Assert.That(commands, Has.Count.EqualTo(2));
        if (TestDatabase.Provider == DatabaseProvider.Sqlite)
        {
            Assert.That(
                plan,
                Has.One.Items.And.All.Match(
                    "^SEARCH .* USING INDEX IX_OutboxMails_CanWait_NextAttemptAt \\(CanWait=\\? AND NextAttemptAt<\\?\\)$"
                )
            );
        }
    }

    private static Task<List<Guid>> TakeAsync(Instance server, int max = 100, bool canWait = false) =>
        server.UseAsync(
            async (IMailOutbox outbox) =>
                (await outbox.TakeDueAsync(canWait, server.Clock.Now(), max, Lease, default))
                    .Select(mail => mail.Id)
                    .ToList()
        );

    private Task StoreAsync(OutboxMail mail) =>
        _server.UseAsync((IMailOutbox outbox) => outbox.StoreAsync(mail, _server.Clock.Now(), default));
}
