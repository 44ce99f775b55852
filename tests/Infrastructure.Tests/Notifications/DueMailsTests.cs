using Fitnessify.Application.Accounts;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Tests.Mail;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>The mails of one user delay no others, and they list what is still overdue when they are sent (requirement 38).</summary>
public sealed class DueMailsTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Guid _owner;

    private string Folder => Path.Combine(_database.Folder, "data", "mail");

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(
            ("Mail:PickupFolder", Path.Combine(_database.Folder, "data", "mail")),
            ("Mail:PerUserPerHour", "2")
        );
        _owner = await _server.SignInNewUserAsync();
        await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Accounts.Where(user => user.Id == _owner)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(user => user.EmailConfirmed, true)
                            .SetProperty(user => EF.Property<bool>(user, NotificationColumns.NotifiedByEmail), true)
                    )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task One_mail_covers_any_number_of_overdue_tasks()
    {
        await _server.SaveAsync(context =>
        {
            var now = _server.Clock.Now();
            for (var i = 0; i < 1500; i++)
            {
                var dueAt = now.AddMinutes(i - 2000);
                var fields = new TaskFields(
                    $"Task {i}",
                    null,
                    TaskItemStatus.Todo,
                    TaskPriority.Normal,
                    Due.At(dueAt),
                    []
                );
                context.Tasks.Add(TaskItem.Create(Guid.CreateVersion7(), _owner, fields, now));
            }
        });

        await _server.ScanAsync();
        await SendAsync();

        var mail = (await MailsAsync()).Single();
        Assert.That(mail.Subject, Is.EqualTo("Overdue: 1,500 tasks"));
        Assert.That(mail.Parts[0].Content, Does.Contain("\r\nTask 19\r\n").And.Contains("and 1,480 tasks more"));
        Assert.That(mail.Parts[0].Content, Does.Not.Contain("\r\nTask 20\r\n"));
        Assert.That(await PendingAsync(), Is.Zero);
    }

    [Test]
    public async Task A_mail_lists_what_is_still_overdue_when_it_is_sent_with_current_titles()
    {
        var (done, deleted, moved) = (
            await OverdueAsync("Done"),
            await OverdueAsync("Deleted"),
            await OverdueAsync("Moved")
        );
        var (renamed, again) = (await OverdueAsync("Old name"), await OverdueAsync("Again"));
        await OverdueAsync("Left alone");
        await _server.ScanAsync();

        await _server.PatchAsync(done.Id, Nothing with { Status = new(TaskItemStatus.Done) });
        await _server.DeleteAsync(deleted.Id);
        await _server.PatchAsync(moved.Id, Nothing with { DueAt = new(_server.Clock.Now().AddDays(1)) });
        await _server.PatchAsync(renamed.Id, Title("New name"));
        await _server.DeleteAsync(again.Id);
        await _server.RestoreAsync(again.Id);
        await SendAsync();

        var text = (await MailsAsync()).Single().Parts[0].Content;
        Assert.That(text, Does.Contain("New name").And.Contains("Again").And.Contains("Left alone"));
        Assert.That(text, Does.Not.Contain("Done").And.Not.Contains("Deleted").And.Not.Contains("Moved"));
    }

    [Test]
    public async Task No_mail_is_sent_without_overdue_tasks()
    {
        var task = await OverdueAsync("Done");
        await _server.ScanAsync();
        await _server.PatchAsync(task.Id, Nothing with { Status = new(TaskItemStatus.Done) });

        await SendAsync();

        Assert.That(await MailsAsync(), Is.Empty);
        Assert.That(await PendingAsync(), Is.Zero);
    }

    [Test]
    public async Task After_quiet_hours_one_mail_covers_everything_that_waited()
    {
        await SetQuietHoursAsync();
        foreach (var title in (string[])["First", "Second", "Third"])
        {
            await OverdueAsync(title);
            await _server.ScanAsync();
            await SendAsync();
            _server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(await MailsAsync(), Is.Empty);

        _server.Clock.Advance(TimeSpan.FromHours(3));
        await SendAsync();

        Assert.That((await MailsAsync()).Select(mail => mail.Subject), Is.EqualTo(["Overdue: 3 tasks"]));
        Assert.That(await PendingAsync(), Is.Zero);
    }

    [Test]
    public async Task A_mail_lists_each_task_once_whatever_its_reminders_and_waits_for_the_end_of_the_quiet_hours()
    {
        await SetQuietHoursAsync();
        var now = _server.Clock.Now();
        await _server.CreateAsync(new TaskInput("Soon", DueAt: now.AddHours(5), Reminders: [290, 270]));
        await _server.CreateAsync(new TaskInput("Late", DueAt: now.AddHours(1), Reminders: [30]));
        _server.Clock.Advance(TimeSpan.FromHours(2));
        await _server.ScanAsync();
        await SendAsync();
        Assert.That(await _server.NotificationsAsync(_owner), Has.Count.EqualTo(4));
        Assert.That(await MailsAsync(), Is.Empty);

        _server.Clock.Advance(TimeSpan.FromHours(2));
        await SendAsync();

        var mail = (await MailsAsync()).Single();
        Assert.That(mail.Subject, Is.EqualTo("Due: 2 tasks"));
        Assert.That(
            mail.Parts[0].Content,
            Does.Match("these tasks are due:\\s+Late\\s+due on .+\\s+Soon\\s+due on .+\\s+You get")
        );
    }

    [Test]
    public async Task Flying_out_of_the_quiet_hours_sends_what_waited_in_the_language_of_the_user()
    {
        await SetQuietHoursAsync();
        await OverdueAsync("First");
        await _server.ScanAsync();
        await SendAsync();
        Assert.That(await MailsAsync(), Is.Empty);

        // It is twelve hours later there.
        await _server.SendAsync(new UpdateMeCommand(default, Locale: new("de-CH"), TimeZone: new("Etc/GMT-12")));
        await SendAsync();

        var mail = (await MailsAsync()).Single();
        Assert.That(mail.Subject, Is.EqualTo("Überfällig: First"));
        Assert.That(mail.Parts[0].Content, Does.Contain("(Etc/GMT-12)"));
    }

    [Test]
    public async Task Removing_the_quiet_hours_sends_what_waited()
    {
        await SetQuietHoursAsync();
        await OverdueAsync("Run");
        await _server.ScanAsync();
        await SendAsync();
        Assert.That(await MailsAsync(), Is.Empty);

        await _server.SendAsync(new SetNotificationSettingsCommand(true, true));
        await SendAsync();

        Assert.That((await MailsAsync()).Select(mail => mail.Subject), Is.EqualTo(["Overdue: Run"]));
    }

    [Test]
    public async Task Removing_the_quiet_hours_while_a_mail_is_being_postponed_sends_it()
    {
        await SetQuietHoursAsync();
        await OverdueAsync("Run");
        await _server.ScanAsync();
        _server.Commands.OnceAfter(
            command => command.CommandText.Contains(NotificationColumns.QuietFrom, StringComparison.Ordinal),
            () => _server.SendAsync(new SetNotificationSettingsCommand(true, true))
        );

        await _server.SendMailsAsync();

        Assert.That((await MailsAsync()).Select(mail => mail.Subject), Is.EqualTo(["Overdue: Run"]));
    }

    [Test]
    public async Task A_user_gets_a_limited_number_of_mails_per_hour_and_then_one_about_the_rest()
    {
        foreach (var title in (string[])["First", "Second", "Third", "Fourth"])
        {
            await OverdueAsync(title);
            await _server.ScanAsync();
            await SendAsync();
            _server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(
            (await MailsAsync()).Select(mail => mail.Subject),
            Is.EquivalentTo(["Overdue: First", "Overdue: Second"])
        );

        _server.Clock.Advance(TimeSpan.FromHours(1));
        await SendAsync();

        Assert.That(
            (await MailsAsync()).Select(mail => mail.Subject),
            Is.EquivalentTo(["Overdue: First", "Overdue: Second", "Overdue: 2 tasks"])
        );
    }

    private Task<TaskDto> OverdueAsync(string title) =>
        _server.CreateAsync(new TaskInput(title, DueAt: _server.Clock.Now().AddHours(-1)));

    private async Task SetQuietHoursAsync()
    {
        var now = TimeOnly.FromDateTime(_server.Clock.Now().UtcDateTime);
        await _server.SendAsync(
            new SetNotificationSettingsCommand(true, true, $"{now.AddHours(-1):HH:mm}", $"{now.AddHours(3):HH:mm}")
        );
    }

    // A mail that exceeds the limit waits for some seconds.
    private async Task SendAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            await _server.SendMailsAsync();
            _server.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private async Task<List<ParsedMail>> MailsAsync()
    {
        List<ParsedMail> mails = [];
        foreach (var file in Directory.CreateDirectory(Folder).GetFiles("*.eml").OrderBy(file => file.Name))
        {
            mails.Add(ParsedMail.Of(await File.ReadAllTextAsync(file.FullName)));
        }

        return mails;
    }

    private Task<int> PendingAsync() =>
        _server.UseAsync((AppDbContext context) => context.OutboxMails.CountAsync(mail => mail.FinishedAt == null));
}
