using System.Globalization;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Tests.Notifications;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>When tasks are due, and what is told of them, as people say and patch it.</summary>
public sealed class DueTests : IAsyncDisposable
{
    private const string Berlin = "Europe/Berlin";
    private const string Tokyo = "Asia/Tokyo";

    private static readonly DueInput Evening = new("2026-12-01", "18:00", Berlin);

    private TestDatabase? _database;
    private Instance _server = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        _server = TestRun.Database.Start();
        _owner = await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [TestCase(
        null,
        "2026-12-01",
        "18:00",
        null,
        "2026-12-01T18:00:00.000",
        TestName = "{m}(who never said where they are)"
    )]
    [TestCase(
        null,
        "2026-12-01",
        null,
        null,
        "2026-12-01T23:59:59.999",
        TestName = "{m}(who never said where they are, all day)"
    )]
    [TestCase(
        null,
        "2026-12-01",
        "18:00",
        Tokyo,
        "2026-12-01T09:00:00.000",
        TestName = "{m}(who never said where they are, elsewhere)"
    )]
    [TestCase(Berlin, "2026-12-01", "18:00:01.5", null, null, TestName = "{m}(with a time in another format)")]
    [TestCase(
        Berlin,
        "2026-12-01",
        "18:00:01.500",
        null,
        "2026-12-01T17:00:01.500",
        TestName = "{m}(with milliseconds)"
    )]
    [TestCase(Berlin, "2026-12-01", "00:00", Tokyo, "2026-11-30T15:00:00.000", TestName = "{m}(elsewhere)")]
    [TestCase(Berlin, "2026-03-29", "01:59", null, "2026-03-29T00:59:00.000", TestName = "{m}(before the gap)")]
    [TestCase(Berlin, "2026-03-29", "02:00", null, "2026-03-29T01:00:00.000", TestName = "{m}(at the gap)")]
    [TestCase(Berlin, "2026-03-29", "02:30", null, "2026-03-29T01:00:00.000", TestName = "{m}(in the gap)")]
    [TestCase(
        null,
        "2026-03-29",
        "02:59:59.999",
        Berlin,
        "2026-03-29T01:00:00.000",
        TestName = "{m}(in the gap elsewhere)"
    )]
    [TestCase(Berlin, "2026-03-29", "03:00", null, "2026-03-29T01:00:00.000", TestName = "{m}(after the gap)")]
    [TestCase(Berlin, "2026-03-29", null, null, "2026-03-29T21:59:59.999", TestName = "{m}(on the day of the gap)")]
    [TestCase(
        Berlin,
        "2026-10-25",
        "01:59:59.999",
        null,
        "2026-10-24T23:59:59.999",
        TestName = "{m}(before the overlap)"
    )]
    [TestCase(Berlin, "2026-10-25", "02:00", null, "2026-10-25T00:00:00.000", TestName = "{m}(at the overlap)")]
    [TestCase(null, "2026-10-25", "02:30", Berlin, "2026-10-25T00:30:00.000", TestName = "{m}(in the overlap)")]
    [TestCase(Berlin, "2026-10-25", "03:00", null, "2026-10-25T02:00:00.000", TestName = "{m}(after the overlap)")]
    [TestCase(Berlin, "2026-10-25", null, null, "2026-10-25T22:59:59.999", TestName = "{m}(on the day of the overlap)")]
    // The clocks there skip midnight, and show the hour before it twice.
    [TestCase(
        "America/Santiago",
        "2026-09-05",
        null,
        null,
        "2026-09-06T03:59:59.999",
        TestName = "{m}(before a gap at midnight)"
    )]
    [TestCase(
        "America/Santiago",
        "2026-04-04",
        null,
        null,
        "2026-04-05T03:59:59.999",
        TestName = "{m}(before an overlap at midnight)"
    )]
    [TestCase(Berlin, "2026-13-01", null, null, null, TestName = "{m}(in no month)")]
    [TestCase(Berlin, "2026-12-01", null, "Mars/Olympus", null, TestName = "{m}(in no zone)")]
    public async Task A_task_is_due_at_that_moment_for_a_person(
        string? person,
        string date,
        string? time,
        string? zone,
        string? dueAt
    )
    {
        await MoveToAsync(person);

        var created = await _server.SendAsync(new CreateTaskCommand(new TaskInput("Task", Due: new(date, time, zone))));

        Assert.That(created.Error?.Code, Is.EqualTo(dueAt is null ? "validation_failed" : null));
        if (dueAt is not null)
        {
            var stored = await _server.GetAsync(created.Value!.Id);
            Assert.That(
                (stored.DueAt, stored.Due),
                Is.EqualTo(((DateTimeOffset?)Utc(dueAt), new DueDto(date, time, zone)))
            );
        }
    }

    private static readonly TestCaseData[] Patches =
    [
        Patch("nothing", new(), "2026-12-01 18:00 Europe/Berlin", "2026-12-01T17:00:00.000", isSame: true),
        Patch(
            "the same",
            new(new("2026-12-01"), new("18:00:00.000")),
            "2026-12-01 18:00 Europe/Berlin",
            "2026-12-01T17:00:00.000",
            isSame: true
        ),
        Patch("the date", new(new("2026-07-01")), "2026-07-01 18:00 Europe/Berlin", "2026-07-01T16:00:00.000"),
        Patch("the time", new(Time: new("19:30")), "2026-12-01 19:30 Europe/Berlin", "2026-12-01T18:30:00.000"),
        Patch("no time", new(Time: new(null)), "2026-12-01  Europe/Berlin", "2026-12-01T22:59:59.999"),
        Patch("the zone", new(TimeZone: new("UTC")), "2026-12-01 18:00 UTC", "2026-12-01T18:00:00.000"),
        Patch("no zone", new(TimeZone: new(null)), "2026-12-01 18:00 ", "2026-12-01T09:00:00.000"),
        Patch(
            "the date, no time and no zone",
            new(new("2026-12-02"), new(null), new(null)),
            "2026-12-02  ",
            "2026-12-02T14:59:59.999"
        ),
    ];

    [TestCaseSource(nameof(Patches))]
    public async Task A_patch_changes_a_part_of_the_due(DuePatch patch, string due, string dueAt, bool isSame)
    {
        await MoveToAsync(Tokyo);
        var task = await _server.CreateAsync(new TaskInput("Task", Due: Evening, Reminders: [5]));

        var patched = (await _server.PatchAsync(task.Id, Nothing with { Due = new(patch) })).Value!;

        Assert.That((Text(patched.Due), patched.DueAt), Is.EqualTo((due, (DateTimeOffset?)Utc(dueAt))));
        Assert.That(patched.Version == task.Version, Is.EqualTo(isSame));
        Assert.That(patched.Reminders, Is.EqualTo([5]));
        Assert.That(await _server.GetAsync(task.Id), Is.EqualTo(patched).UsingPropertiesComparer());
    }

    [Test]
    public async Task A_patch_gives_a_due_takes_it_and_turns_it_into_a_moment()
    {
        await MoveToAsync(Tokyo);
        var task = await _server.CreateAsync();

        Assert.That(
            (await PatchedAsync(new DuePatch(new("2026-12-01")))),
            Is.EqualTo(("2026-12-01  ", (DateTimeOffset?)Utc("2026-12-01T14:59:59.999")))
        );
        Assert.That(await PatchedAsync(null), Is.EqualTo(("none", (DateTimeOffset?)null)));
        foreach (
            var patch in (DuePatch[])[new(), new(Time: new("18:00")), new(TimeZone: new(Berlin)), new(Time: new(null))]
        )
        {
            var refused = await _server.PatchAsync(task.Id, Nothing with { Due = new(patch) });
            Assert.That(refused.Error, Is.EqualTo(Domain.Tasks.TaskErrors.DueWithoutDate));
        }

        var moment = (
            await _server.PatchAsync(
                task.Id,
                Nothing with
                {
                    DueAt = new(Utc("2026-12-01T18:00:00.007").ToOffset(TimeSpan.FromHours(3))),
                }
            )
        ).Value!;
        Assert.That(
            (Text(moment.Due), moment.DueAt),
            Is.EqualTo(("2026-12-01 18:00:00.007 UTC", (DateTimeOffset?)Utc("2026-12-01T18:00:00.007")))
        );

        async Task<(string, DateTimeOffset?)> PatchedAsync(DuePatch? patch)
        {
            var patched = (await _server.PatchAsync(task.Id, Nothing with { Due = new(patch) })).Value!;
            return (Text(patched.Due), patched.DueAt);
        }
    }

    [Test]
    public async Task The_due_and_its_moment_are_not_written_together()
    {
        var task = await _server.CreateAsync(new TaskInput("Task", Due: Evening));
        var dueAt = Utc("2026-12-01T17:00:00.000");

        Error?[] refused =
        [
            (await _server.SendAsync(new CreateTaskCommand(new TaskInput("Task", DueAt: dueAt, Due: Evening)))).Error,
            (await _server.PutAsync(task.Id, new TaskInput("Task", DueAt: dueAt, Due: Evening))).Error,
            (await PatchAsync(new DuePatch(Time: new("19:00")), dueAt)).Error,
            (await PatchAsync(null, dueAt)).Error,
            (await PatchAsync(new DuePatch(Time: new("19:00")), null)).Error,
            (await PatchAsync(null, null)).Error,
        ];

        foreach (var error in refused)
        {
            Assert.That(error!.Code, Is.EqualTo("validation_failed"));
            Assert.That(error.Fields!.Select(field => field.Code), Is.EqualTo([FieldErrorCodes.NotAllowed]));
        }

        Assert.That(await _server.GetAsync(task.Id), Is.EqualTo(task).UsingPropertiesComparer());

        Task<Result<TaskDto>> PatchAsync(DuePatch? due, DateTimeOffset? moment) =>
            _server.PatchAsync(task.Id, Nothing with { Due = new(due), DueAt = new(moment) });
    }

    [TestCase(
        "2026-12-01",
        "18:00",
        new[] { 0 },
        "2026-12-01T17:00:00.000",
        "0, overdue",
        TestName = "{m}(0 minutes before)"
    )]
    [TestCase("2026-12-01", "18:00", new[] { 0, 1 }, "2026-12-01T16:59:00.000", "1", TestName = "{m}(a minute before)")]
    [TestCase("2026-12-01", null, new[] { 0 }, "2026-12-01T08:00:00.000", "0", TestName = "{m}(all day, at nine)")]
    [TestCase(
        "2026-12-01",
        null,
        new[] { 540 },
        "2026-11-30T23:00:00.000",
        "540",
        TestName = "{m}(all day, at its begin)"
    )]
    [TestCase(
        "2026-12-01",
        null,
        new[] { 1440 },
        "2026-11-30T08:00:00.000",
        "1440",
        TestName = "{m}(all day, the day before)"
    )]
    [TestCase(
        "2026-03-29",
        null,
        new[] { 600 },
        "2026-03-28T21:00:00.000",
        "600",
        TestName = "{m}(all day, over the gap)"
    )]
    [TestCase(
        "2026-10-25",
        null,
        new[] { 600 },
        "2026-10-24T22:00:00.000",
        "600",
        TestName = "{m}(all day, over the overlap)"
    )]
    [TestCase("2026-03-29", "02:30", new[] { 30 }, "2026-03-29T00:30:00.000", "30", TestName = "{m}(in the gap)")]
    [TestCase("2026-10-25", "02:30", new[] { 30 }, "2026-10-25T00:00:00.000", "30", TestName = "{m}(in the overlap)")]
    [TestCase("2026-12-01", null, new int[0], "2026-12-01T22:59:59.999", "overdue", TestName = "{m}(all day, overdue)")]
    public async Task A_reminder_is_told_after_its_moment(
        string date,
        string? time,
        int[] reminders,
        string at,
        string told
    )
    {
        await UseOwnDatabaseAsync();
        await MoveToAsync(Berlin);
        await _server.CreateAsync(new TaskInput("Task", Due: new(date, time), Reminders: reminders));

        Assert.That(await ToldAsync(at), Is.Empty);
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await ToldAsync(null), Is.EqualTo(told));
        await ToldAsync(null);
        Assert.That(await ToldAsync(null), Is.EqualTo(told), "once");
    }

    [Test]
    public async Task A_due_that_is_moved_away_and_back_is_told_once()
    {
        await UseOwnDatabaseAsync();
        await MoveToAsync(Berlin);
        var floating = new DueInput("2026-12-01", "18:00");
        var task = await _server.CreateAsync(new TaskInput("Task", Due: floating, Reminders: [60]));
        Assert.That(await ToldAsync("2026-12-01T17:00:01.000"), Is.EqualTo("60, overdue"));

        // Away, and back in other words, on a flight, and in the first words.
        (DueInput Due, string Zone)[] moves =
        [
            (new("2026-12-02", "09:00"), Berlin),
            (new("2026-12-01", "18:00", Berlin), Berlin),
            (new("2026-12-01", "17:00", "UTC"), Berlin),
            (new("2026-12-03"), Berlin),
            (floating, Tokyo),
            (new("2026-12-02", "02:00"), Tokyo),
            (floating, Berlin),
        ];
        foreach (var (due, zone) in moves)
        {
            await MoveToAsync(zone);
            await _server.SendAsync(new RescheduleTasksCommand());
            await _server.PutAsync(task.Id, new TaskInput("Task", Due: due, Reminders: [60]));
            Assert.That(await ToldAsync(null), Is.EqualTo("60, overdue"), $"{due} in {zone}");
        }
    }

    private async Task UseOwnDatabaseAsync()
    {
        await _server.DisposeAsync();
        // A scan covers all users.
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _owner = await _server.SignInNewUserAsync();
    }

    private async Task MoveToAsync(string? zone)
    {
        if (zone is not null)
        {
            Assert.That((await _server.SendAsync(new UpdateMeCommand(default, TimeZone: new(zone)))).Error, Is.Null);
        }
    }

    /// <summary>Scans, at another time if there is one, and returns all that was told so far.</summary>
    private async Task<string> ToldAsync(string? at)
    {
        if (at is not null)
        {
            _server.Clock.SetUtcNow(Utc(at));
        }

        await _server.ScanAsync();
        var told = await _server.NotificationsAsync(_owner);
        Assert.That(
            told.Select(of => of.Type == NotificationType.TaskOverdue),
            Is.EqualTo(told.Select(of => of.MinutesBefore is null))
        );
        return string.Join(
            ", ",
            told.Select(of => of.MinutesBefore?.ToString(CultureInfo.InvariantCulture) ?? "overdue")
        );
    }

    private static TestCaseData Patch(string name, DuePatch patch, string due, string dueAt, bool isSame = false) =>
        new TestCaseData(patch, due, dueAt, isSame).SetArgDisplayNames(name);

    private static string Text(DueDto? due) => due is null ? "none" : $"{due.Date} {due.Time} {due.TimeZone}";

    private static DateTimeOffset Utc(string time) =>
        DateTimeOffset.Parse($"{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
