using System.Globalization;
using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class RecurrenceTests
{
    private readonly List<string> _shown = [];

    [Test]
    public Task The_document_contains_this_code() =>
        Examples.AssertShownInAsync("docs/recurrence.md", nameof(RecurrenceTests));

    [Test]
    public async Task A_user_repeats_a_task_sees_its_history_and_completes_it_without_a_connection()
    {
        var server = SharedServer.Instance;
        using var session = new FitnessifySession(server.Address);
        var nora = new RegisterUserCommand { Username = "nora", Email = "nora@example.com" };
        nora.Password = "brave lanterns orbit softly";
        await session.Api.Auth.RegisterAsync(nora);
        await session.SignInAsync("nora", "brave lanterns orbit softly", "Phone");
        // It is about noon there, so that the day does not end during the test.
        var ahead = DateTimeOffset.UtcNow.Hour - 12;
        var zone = string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{ahead:+0;-0;+0}");
        await session.Api.Users.UpdateMeAsync(new() { TimeZone = zone });

        var today = DueTimes.Local(DateTimeOffset.UtcNow, zone).Date;
        var input = new TaskInput { Title = "Stretch", Reminders = [10] };
        input.Due = new() { Date = DueTimes.AddDays(today, -3), Time = "08:00" };
        input.Recurrence = new() { Rule = Recurrences.Daily() };
        var stretch = await session.Api.Tasks.CreateAsync(input);
        Assert.That((stretch.SeriesId, stretch.Occurrence), Is.EqualTo((stretch.Id, DueTimes.AddDays(today, -3))));

        await session.Api.Tasks.PatchAsync(stretch.Id, new() { Status = TaskItemStatus.Done });
        var page = await session.Api.Tasks.ListAsync(series: stretch.Id, status: ["todo", "inProgress"]);
        var open = page.Items[0];
        Assert.That((open.Due!.Date, open.Due.Time), Is.EqualTo((today, "08:00")));

        var history = await session.Api.Tasks.GetSeriesAsync(stretch.Id, from: DueTimes.AddDays(today, -6), to: today);
        foreach (var occurrence in history.Occurrences)
        {
            Show($"{(occurrence.Date == today ? "today" : occurrence.Date)}: {occurrence.State}");
        }
        Show($"{history.CurrentStreak} in a row, and {history.LongestStreak} at most");
        AssertShown(
            $"{DueTimes.AddDays(today, -3)}: Done",
            $"{DueTimes.AddDays(today, -2)}: Missed",
            $"{DueTimes.AddDays(today, -1)}: Missed",
            "today: Open",
            "0 in a row, and 1 at most"
        );

        var rule = new RecurrencePatch { Rule = Recurrences.TimesAWeek(3) };
        await session.Api.Tasks.PatchAsync(open.Id, new() { Recurrence = rule });

        var copies = new Dictionary<Guid, TaskDto> { [open.Id] = await session.Api.Tasks.GetAsync(open.Id) };
        var queue = new List<(Guid Id, TaskPatch Patch)>();

        TaskDto? Complete(TaskDto task)
        {
            var completedAt = DateTimeOffset.UtcNow;
            queue.Add((task.Id, new() { Status = TaskItemStatus.Done, CompletedAt = completedAt }));
            var next = Recurrences.Successor(task, completedAt, zone);
            (task.Status, task.CompletedAt) = (TaskItemStatus.Done, completedAt);
            if (next is not null && !copies.ContainsKey(next.Id))
            {
                copies[next.Id] = next;
            }

            return next;
        }

        var second = Complete(copies[open.Id])!;
        var third = Complete(second)!;
        Show($"Next: {third.Title}, {third.Due!.Time}");
        AssertShown("Next: Stretch, 08:00");

        foreach (var (id, patch) in queue)
        {
            await session.Api.Tasks.PatchAsync(id, patch);
        }

        var stored = await session.Api.Tasks.GetAsync(third.Id);
        (stored.Version, stored.UpdatedAt) = (0, third.UpdatedAt);
        Assert.That(JsonSerializer.Serialize(stored), Is.EqualTo(JsonSerializer.Serialize(third)));

        var date = third.Occurrence!;
        var dates = Recurrences.Between(third.Recurrence!.Rule, date, date, DueTimes.AddDays(date, 8));
        Assert.That((dates.Count, dates[^1]), Is.EqualTo((3, DueTimes.AddDays(date, 7))));
    }

    private void Show(string text) => _shown.Add(text);

    private void AssertShown(params string[] expected)
    {
        Assert.That(_shown, Is.EqualTo(expected));
        _shown.Clear();
    }
}
