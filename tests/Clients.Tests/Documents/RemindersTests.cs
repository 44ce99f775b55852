using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class RemindersTests
{
    private readonly List<string> _shown = [];

    [Test]
    public Task The_document_contains_this_code() =>
        Examples.AssertShownInAsync("docs/reminders.md", nameof(RemindersTests));

    [Test]
    public async Task A_user_says_when_tasks_are_due_is_reminded_snoozes_and_completes()
    {
        var server = SharedServer.Instance;
        using var session = new FitnessifySession(server.Address);
        var hanna = new RegisterUserCommand { Username = "hanna", Email = "hanna@example.com" };
        hanna.Password = "brave lanterns orbit softly";
        await session.Api.Auth.RegisterAsync(hanna);
        await session.SignInAsync("hanna", "brave lanterns orbit softly", "Phone");

        var zone = "Europe/Berlin";
        var me = await session.Api.Users.GetMeAsync();
        if (me.TimeZone != zone)
        {
            await session.Api.Users.UpdateMeAsync(new() { TimeZone = zone });
        }

        var input = new TaskInput { Title = "Take the medicine", Reminders = [10, 1440] };
        input.Due = new() { Date = "2030-01-15", Time = "08:00" };
        var medicine = await session.Api.Tasks.CreateAsync(input);
        Assert.That(medicine.DueAt, Is.EqualTo(new DateTimeOffset(2030, 1, 15, 7, 0, 0, TimeSpan.Zero)));

        var patch = new TaskPatch { Due = new() { Date = DueTimes.AddDays(medicine.Due!.Date, 1) } };
        var moved = await session.Api.Tasks.PatchAsync(medicine.Id, patch);
        Assert.That(
            (moved.Due!.Date, moved.Due.Time, moved.Due.TimeZone),
            Is.EqualTo(("2030-01-16", "08:00", (string?)null))
        );

        var passport = new TaskInput { Title = "Find the passport", Reminders = [1440] };
        passport.DueAt = DateTimeOffset.UtcNow.AddHours(1);
        await session.Api.Tasks.CreateAsync(passport);
        await foreach (var notification in session.NotificationsAsync(after: Guid.Empty))
        {
            Show($"Remember: {notification.Title}");
            await session.Api.Notifications.SnoozeAsync(notification.Id, new() { Minutes = 10 });
            var done = await session.Api.Notifications.CompleteAsync(notification.Id);
            Show($"{done.Title}: {done.Status}");
            break;
        }

        AssertShown("Remember: Find the passport", "Find the passport: Done");

        string Describe(DueDto due)
        {
            var said = (due.Date, due.Time, due.TimeZone);
            var today = DueTimes.Local(DateTimeOffset.UtcNow, zone).Date;
            var date = DueTimes.Date(said, zone);
            var day =
                date == today ? "today"
                : date == DueTimes.AddDays(today, 1) ? "tomorrow"
                : date;
            return due.Time is null ? day : $"{day} at {DueTimes.Local(DueTimes.Moment(said, zone), zone).Time}";
        }
        Show(Describe(moved.Due!));
        var local = DueTimes.Local(DateTimeOffset.UtcNow, zone);
        Show(Describe(new() { Date = DueTimes.AddDays(local.Date, 1) }));
        Show(
            Describe(
                new()
                {
                    Date = "2030-01-15",
                    Time = "20:00",
                    TimeZone = "America/New_York",
                }
            )
        );
        AssertShown("2030-01-16 at 08:00", "tomorrow", "2030-01-16 at 02:00");

        var due = (Date: "2030-01-17", Time: "07:30", TimeZone: (string?)null);
        var predicted = DueTimes.Moment(due, zone);
        var alarms = moved.Reminders.Select(minutes => DueTimes.ReminderMoment(due, minutes, zone));
        patch = new()
        {
            Due = new() { Date = due.Date, Time = due.Time },
        };
        Assert.That((await session.Api.Tasks.PatchAsync(moved.Id, patch)).DueAt, Is.EqualTo(predicted));
        Assert.That(alarms, Is.EqualTo((DateTimeOffset[])[predicted.AddMinutes(-10), predicted.AddDays(-1)]));
    }

    private void Show(string text) => _shown.Add(text);

    private void AssertShown(params string[] expected)
    {
        Assert.That(_shown, Is.EqualTo(expected));
        _shown.Clear();
    }
}
