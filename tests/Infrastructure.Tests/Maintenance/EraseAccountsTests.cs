using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Tests.Mail;
using Fitnessify.Infrastructure.Tests.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Maintenance;

/// <summary>A deleted account disappears at once, and its remaining data is erased in batches (requirement 36).</summary>
public sealed class EraseAccountsTests : IAsyncDisposable
{
    private const string Password = "Violet-Kettle-93-Umbrella";

    private TestDatabase _database = null!;
    private Instance _server = null!;
    private AccountProfile _user = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Mail:PickupFolder", Folder));
        _user = await _server.SignUpAsync(Password);
        _server.Caller.Session = await _server.SignInAsync(_user.Id);
        await _server.SaveAsync(context =>
        {
            for (var i = 0; i < 1200; i++)
            {
                var fields = new TaskFields($"Task {i}", null, TaskItemStatus.Todo, TaskPriority.Normal, null, []);
                context.Tasks.Add(TaskItem.Create(Guid.CreateVersion7(), _user.Id, fields, _server.Clock.Now()));
            }
        });
        await _server.NotifyAsync(_user.Id, 600);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_deleted_account_disappears_for_everybody_with_the_first_transaction()
    {
        var waiting = _server.SendAsync(new CreateTaskCommand(new TaskInput("On its way")));
        await waiting;
        await DeleteAsync();

        Assert.That(await CountAsync(), Is.EqualTo((1201, 600)), "The rest is erased later.");
        Assert.That(
            (await _server.SendAsync(new LoginUserCommand(_user.Username, Password))).Error,
            Is.EqualTo(AuthErrors.InvalidCredentials)
        );
        Assert.That(
            (await _server.SendAsync(new CreateTaskCommand(new TaskInput("Too late")))).Error,
            Is.EqualTo(SessionErrors.SessionRevoked)
        );
        Assert.That(
            await _server.UseAsync(
                (ILiveSessions live) => live.FindAsync(_server.Caller.Session!.Id, default).AsTask()
            ),
            Is.Null
        );
        Assert.That(
            (await _server.SignUpAsync(_user.Username, _user.Email!)).Error,
            Is.Null,
            "Username and address are available again."
        );
    }

    [Test]
    public async Task Erasing_continues_where_another_process_stopped()
    {
        await DeleteAsync();
        var (tasks, notifications) = await CountAsync();
        await _server.UseAsync((IAccountErasure erasure) => erasure.EraseAsync(500, default));
        Assert.That(await CountAsync(), Is.EqualTo((tasks - 500, notifications)));

        await using var next = _database.Start();
        Assert.That((await next.SendAsync(new EraseAccountsCommand())).Error, Is.Null);

        Assert.That(await CountAsync(), Is.EqualTo((0, 0)));
        Assert.That(
            await _server.UseAsync(
                (AppDbContext context) => context.StoredAccounts.AnyAsync(row => row.Id == _user.Id)
            ),
            Is.False
        );
    }

    [Test]
    public async Task Erasing_works_in_batches_and_affects_no_other_account()
    {
        var other = await _server.SignUpAsync(Password);
        await _server.NotifyAsync(other.Id, 3);
        await _server.SaveAsync(context =>
        {
            for (var i = 0; i < 700; i++)
            {
                var list = TaskList.Create(
                    Guid.CreateVersion7(),
                    _user.Id,
                    new ListFields("List", null, "V", null),
                    _server.Clock.Now()
                );
                list.Delete(_server.Clock.Now());
                context.Set<TaskList>().Add(list);
            }
        });
        await DeleteAsync();
        var batches = 0;
        var left = 2500;
        while (await _server.UseAsync((IAccountErasure erasure) => erasure.EraseAsync(500, default)))
        {
            var (tasks, notifications) = await CountAsync();
            var lists = await _server.UseAsync(
                (AppDbContext context) => context.Set<TaskList>().CountAsync(list => list.OwnerId == _user.Id)
            );
            Assert.That(left - tasks - notifications - lists, Is.InRange(0, 500));
            (left, batches) = (tasks + notifications + lists, batches + 1);
        }

        Assert.That(left, Is.Zero);
        Assert.That(batches, Is.GreaterThanOrEqualTo(7));
        Assert.That(await _server.NotificationsAsync(other.Id), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Erasing_removes_every_mail_to_any_former_address_of_the_account()
    {
        var former = _user.Email;
        await QueueAsync(AccountMails.ResetPassword(former!.ToUpperInvariant(), _server.Clock.Now()));
        await _server.SendMailsAsync();
        var changed = $"{Instance.NewName()}@example.org";
        await _server.ChangeAsync(
            _user.Id,
            row =>
            {
                row.RequestEmailChange(changed);
                row.ConfirmEmail(changed);
            }
        );
        await QueueAsync(AccountMails.EmailChanged(_user.Id, former, _server.Clock.Now()));
        await QueueAsync(AccountMails.ResetPassword(changed, _server.Clock.Now()));
        await _server.SendMailsAsync();
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(3));

        await DeleteAsync();
        await _server.SendAsync(new EraseAccountsCommand());

        Assert.That(Directory.GetFiles(Folder), Is.Empty);
        Assert.That(await _server.UseAsync((AppDbContext context) => context.OutboxMails.CountAsync()), Is.Zero);
    }

    [Test]
    public async Task A_mail_that_waits_for_its_next_attempt_leaves_no_file_of_the_one_before()
    {
        var mail = AccountMails.ResetPassword(_user.Email!, _server.Clock.Now());
        await QueueAsync(mail);
        // The server was killed after it had written the file, and before it stored that.
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{mail.Id}.eml"), "From: ");

        await DeleteAsync();

        Assert.That(Directory.GetFiles(Folder), Is.Empty);
        Assert.That(await _server.RowAsync(mail), Is.Null);
    }

    [Test]
    public async Task A_finished_mail_keeps_no_address()
    {
        var address = $"{Instance.NewName()}@example.org";
        await QueueAsync(AccountMails.ResetPassword(address, _server.Clock.Now()));
        await _server.SendMailsAsync();

        var row = await _server.UseAsync((AppDbContext context) => context.OutboxMails.SingleAsync());
        Assert.That(
            (row.Status, row.Address, row.UserId),
            Is.EqualTo((OutboxStatus.Dropped, (string?)null, (Guid?)null))
        );
    }

    private string Folder => Path.Combine(_database.Folder, "data", "mail");

    private Task QueueAsync(OutboxMail mail) => _server.QueueAsync(mail);

    private async Task DeleteAsync() =>
        Assert.That((await _server.SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);

    private Task<(int Tasks, int Notifications)> CountAsync() =>
        _server.UseAsync(
            async (AppDbContext context) =>
                (
                    await context.Tasks.CountAsync(task => task.OwnerId == _user.Id),
                    await context.Notifications.CountAsync(notified => notified.OwnerId == _user.Id)
                )
        );
}
