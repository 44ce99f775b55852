using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>What becomes of a task that repeats, with its history and its streak.</summary>
public sealed class RecurrenceTests : IAsyncDisposable
{
    private const string Daily = "FREQ=DAILY";

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser()
    {
        _server.Clock.AdjustTime(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _server.SignInNewUserAsync();
    }

    public static IEnumerable<TestCaseData> Stories =>
        [
            Story(
                "done each day",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-03T12:00Z done"],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 open (2 of 2)"
            ),
            Story(
                "done the day before",
                "2026-03-02",
                Daily,
                ["2026-03-01T12:00Z done"],
                "2026-03-02 done, 2026-03-03 open (1 of 1)"
            ),
            Story(
                "open past its day",
                "2026-03-02",
                "FREQ=WEEKLY",
                ["2026-03-02T12:00Z done", "2026-03-10T12:00Z title"],
                "2026-03-02 done, 2026-03-09 missed (0 of 1)"
            ),
            Story(
                "done late, before the next date",
                "2026-03-02",
                "FREQ=WEEKLY",
                ["2026-03-02T12:00Z done", "2026-03-12T12:00Z done"],
                "2026-03-02 done, 2026-03-09 done, 2026-03-16 open (2 of 2)"
            ),
            Story(
                "done a week late",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-08T12:00Z done"],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 missed, 2026-03-05 missed, 2026-03-06 missed, "
                    + "2026-03-07 missed, 2026-03-08 open (0 of 2)"
            ),
            Story(
                "done in time, as the device says later",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-08T12:00Z done 2026-03-03T20:00Z"],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 missed, 2026-03-05 missed, 2026-03-06 missed, "
                    + "2026-03-07 missed (0 of 2)"
            ),
            Story(
                "skipped",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-03T12:00Z cancelled", "2026-03-04T12:00Z done"],
                "2026-03-02 done, 2026-03-03 skipped, 2026-03-04 done, 2026-03-05 open (2 of 2)"
            ),
            Story(
                "undone",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-03T12:00Z done", "2026-03-03T12:01Z todo 2026-03-03"],
                "2026-03-02 done, 2026-03-03 open (1 of 1)"
            ),
            Story(
                "undone and done again",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-02T12:01Z todo 2026-03-02", "2026-03-02T12:02Z done"],
                "2026-03-02 done, 2026-03-03 open (1 of 1)"
            ),
            Story(
                "undone and done on another day",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-02T12:01Z todo 2026-03-02", "2026-03-04T12:02Z done"],
                "2026-03-02 done, 2026-03-03 missed, 2026-03-04 open (0 of 1)"
            ),
            Story(
                "undone after the next one was changed",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-02T12:01Z title", "2026-03-02T12:02Z todo 2026-03-02"],
                "2026-03-02 open, 2026-03-03 open (0 of 0)"
            ),
            Story(
                "undone after the next ones were done",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-03T12:00Z done",
                    "2026-03-04T12:00Z done",
                    "2026-03-04T12:01Z todo 2026-03-03",
                ],
                "2026-03-02 done, 2026-03-03 missed, 2026-03-04 done, 2026-03-05 open (1 of 1)"
            ),
            Story(
                "undone in the middle, and in the trash then",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-03T12:00Z done",
                    "2026-03-04T12:00Z done",
                    "2026-03-04T12:01Z todo 2026-03-03",
                    "2026-03-04T12:02Z trash 2026-03-03",
                ],
                "2026-03-02 done, 2026-03-03 missed, 2026-03-04 done, 2026-03-05 open (1 of 1)"
            ),
            Story(
                "undone in the middle, and skipped then",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-03T12:00Z done",
                    "2026-03-04T12:00Z done",
                    "2026-03-04T12:01Z todo 2026-03-03",
                    "2026-03-04T12:02Z cancelled 2026-03-03",
                ],
                "2026-03-02 done, 2026-03-03 skipped, 2026-03-04 done, 2026-03-05 open (2 of 2)"
            ),
            Story(
                "undone before missed dates",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-05T12:00Z done",
                    "2026-03-05T12:01Z done",
                    "2026-03-05T12:02Z todo 2026-03-03",
                ],
                "2026-03-02 done, 2026-03-03 missed, 2026-03-04 missed, 2026-03-05 done, 2026-03-06 open (1 of 1)"
            ),
            Story(
                "put off for a day",
                "2026-03-02",
                "FREQ=WEEKLY",
                ["2026-03-02T12:00Z done", "2026-03-09T12:00Z due 2026-03-11", "2026-03-10T12:00Z title"],
                "2026-03-02 done, 2026-03-09 open (1 of 1)"
            ),
            Story(
                "put off and done then",
                "2026-03-02",
                "FREQ=WEEKLY",
                ["2026-03-02T12:00Z due 2026-03-04", "2026-03-04T12:00Z done"],
                "2026-03-02 done, 2026-03-09 open (1 of 1)"
            ),
            Story(
                "on 29 February",
                "2024-02-29",
                "FREQ=YEARLY",
                ["2024-02-29T12:00Z done"],
                "2028-02-29 open (1 of 1)"
            ),
            Story(
                "on the 31st of each month that has one",
                "2026-01-31",
                "FREQ=MONTHLY",
                ["2026-01-31T12:00Z done", "2026-03-31T12:00Z done"],
                "2026-01-31 done, 2026-03-31 done, 2026-05-31 open (2 of 2)"
            ),
            Story(
                "on the last day of each month",
                "2026-01-31",
                "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
                ["2026-01-31T12:00Z done", "2026-02-28T12:00Z done"],
                "2026-01-31 done, 2026-02-28 done, 2026-03-31 open (2 of 2)"
            ),
            Story(
                "two times",
                "2026-03-02",
                "FREQ=DAILY;COUNT=2",
                ["2026-03-02T12:00Z done", "2026-03-05T12:00Z done", "2026-03-09T12:00Z title 2026-03-02"],
                "2026-03-02 done, 2026-03-03 done (2 of 2)"
            ),
            Story(
                "two times, the second open past its day",
                "2026-03-02",
                "FREQ=DAILY;COUNT=2",
                ["2026-03-02T12:00Z done", "2026-03-05T12:00Z title"],
                "2026-03-02 done, 2026-03-03 missed (0 of 1)"
            ),
            Story(
                "until a day",
                "2026-03-02",
                "FREQ=DAILY;UNTIL=20260303",
                ["2026-03-02T12:00Z done", "2026-03-03T12:00Z done"],
                "2026-03-02 done, 2026-03-03 done (2 of 2)"
            ),
            Story(
                "until a day that has passed",
                "2026-03-02",
                "FREQ=DAILY;UNTIL=20260304",
                ["2026-03-02T12:00Z done", "2026-03-09T12:00Z done"],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 missed (0 of 2)"
            ),
            Story(
                "counted from a late completion",
                "2026-03-02",
                "FREQ=DAILY;INTERVAL=3",
                ["2026-03-04T12:00Z done", "2026-03-05T12:00Z title"],
                "2026-03-02 done, 2026-03-07 open (1 of 1)",
                RecurrenceFrom.Completion
            ),
            Story(
                "counted from an early completion",
                "2026-03-06",
                Daily,
                ["2026-03-02T12:00Z done"],
                "2026-03-06 done, 2026-03-07 open (1 of 1)",
                RecurrenceFrom.Completion
            ),
            Story(
                "undone past a successor that was withdrawn",
                "2026-03-02",
                "FREQ=DAILY;INTERVAL=2",
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-02T12:01Z todo 2026-03-02",
                    "2026-03-03T12:00Z done",
                    "2026-03-05T12:00Z done",
                    "2026-03-05T12:01Z todo 2026-03-02",
                ],
                "2026-03-02 missed, 2026-03-05 done, 2026-03-07 open (1 of 1)",
                RecurrenceFrom.Completion
            ),
            Story(
                "where it is tomorrow already",
                "2026-03-02",
                Daily,
                ["2026-03-02T01:00Z zone Asia/Tokyo", "2026-03-02T16:00Z done"],
                "2026-03-02 done, 2026-03-03 open (1 of 1)"
            ),
            Story(
                "done on a flight to where it is still yesterday",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T01:00Z zone Asia/Tokyo",
                    "2026-03-02T14:00Z done",
                    "2026-03-03T14:00Z zone America/Los_Angeles",
                    "2026-03-04T06:00Z done",
                ],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 open (2 of 2)"
            ),
            Story(
                "over a change of the clocks",
                "2026-03-28",
                Daily,
                [
                    "2026-03-27T12:00Z zone Europe/Berlin",
                    "2026-03-28T22:30Z done",
                    "2026-03-29T21:30Z done",
                    "2026-03-30T21:59Z title",
                ],
                "2026-03-28 done, 2026-03-29 done, 2026-03-30 open (2 of 2)"
            ),
            Story(
                "ended by the trash",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-03T12:00Z trash", "2026-03-09T12:00Z title 2026-03-02"],
                "2026-03-02 done (1 of 1)"
            ),
            Story(
                "restored from the trash",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-03T12:00Z trash",
                    "2026-03-03T13:00Z restore 2026-03-03",
                    "2026-03-03T14:00Z done",
                ],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 open (2 of 2)"
            ),
            Story(
                "with a done one in the trash",
                "2026-03-02",
                Daily,
                ["2026-03-02T12:00Z done", "2026-03-03T12:00Z done", "2026-03-03T13:00Z trash 2026-03-03"],
                "2026-03-02 done, 2026-03-03 done, 2026-03-04 open (2 of 2)"
            ),
            Story(
                "ended by removing the rule",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-03T12:00Z rule null",
                    "2026-03-03T13:00Z done",
                    "2026-03-09T12:00Z title 2026-03-02",
                ],
                "2026-03-02 done, 2026-03-03 done (2 of 2)"
            ),
            Story(
                "ended and resumed with another rule",
                "2026-03-02",
                Daily,
                [
                    "2026-03-02T12:00Z done",
                    "2026-03-03T12:00Z rule null",
                    "2026-03-03T12:30Z rule FREQ=WEEKLY;BYDAY=FR",
                    "2026-03-03T13:00Z done",
                ],
                "2026-03-02 done, 2026-03-03 done, 2026-03-06 open (2 of 2)"
            ),
        ];

    [TestCaseSource(nameof(Stories))]
    public async Task A_series_goes_on(Story story)
    {
        var series = await Series.StartAsync(_server, story.Date, story.Rule, story.From);
        foreach (var step in story.Steps)
        {
            await series.DoAsync(step);
        }

        Assert.That(await series.HistoryAsync(), Does.EndWith(story.History));
    }

    [Test]
    public async Task The_next_task_is_a_copy_after_the_other_changes_of_the_same_request()
    {
        var list = await _server.SendAsync(
            new Application.Lists.CreateListCommand(new Application.Lists.ListInput("Gym"))
        );
        var task = await _server.CreateAsync(
            new TaskInput(
                "Stretch",
                "On the mat",
                Priority: TaskPriority.High,
                Labels: ["Body"],
                ListId: list.Value!.Id,
                Position: "b",
                Due: new DueInput("2026-03-02", "07:00", "Europe/Berlin"),
                Reminders: [10],
                Checklist: new Dictionary<string, ChecklistItemInput> { ["a"] = new("Back", Done: true) },
                Recurrence: new RecurrenceInput("FREQ=DAILY;COUNT=3")
            )
        );
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

        var done = await _server.PatchAsync(task.Id, Title("Stretch more") with { Status = new(TaskItemStatus.Done) });

        var next = await _server.GetAsync(Recurrence.IdOf(task.Id, new DateOnly(2026, 3, 3)));
        Assert.That(done.Value!.Recurrence, Is.EqualTo(new RecurrenceDto("FREQ=DAILY;COUNT=3", RecurrenceFrom.Due)));
        Assert.That(next.Checklist["a"], Is.EqualTo(done.Value.Checklist["a"] with { Done = false }));
        Assert.That(
            next,
            Is.EqualTo(
                    done.Value with
                    {
                        Id = next.Id,
                        Status = TaskItemStatus.Todo,
                        Due = new DueDto("2026-03-03", "07:00", "Europe/Berlin"),
                        DueAt = task.DueAt!.Value.AddDays(1),
                        Recurrence = new RecurrenceDto("FREQ=DAILY;COUNT=2", RecurrenceFrom.Due),
                        SeriesId = task.Id,
                        Occurrence = "2026-03-03",
                        Checklist = next.Checklist,
                        CreatedAt = done.Value.CompletedAt!.Value,
                        CompletedAt = null,
                        Version = next.Version,
                    }
                )
                .UsingPropertiesComparer()
        );
    }

    [TestCase("FREQ=HOURLY", "recurrence_unsupported")]
    [TestCase("FREQ=DAILY;BYHOUR=7", "recurrence_unsupported")]
    [TestCase("FREQ=DAILY;EXDATE=20260303", "recurrence_unsupported")]
    [TestCase("FREQ=DAILY\nEXDATE:20260303", "recurrence_unsupported")]
    [TestCase("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "recurrence_unsupported", TestName = "{m}(without a date)")]
    [TestCase("FREQ=YEARLY;INTERVAL=11", "recurrence_unsupported", TestName = "{m}(without a date within ten years)")]
    [TestCase("FREQ=DAILY;INTERVAL=0", "validation_failed")]
    [TestCase("every day", "validation_failed")]
    public async Task A_task_does_not_repeat_by_a_rule_that_it_cannot_follow(string rule, string code)
    {
        var input = new TaskInput("Run", Due: new DueInput("2026-03-02"), Recurrence: new RecurrenceInput(rule));
        var plain = await _server.CreateAsync(input with { Recurrence = null });
        var patch = Nothing with { Recurrence = new(Series.Rule(rule)) };
        string?[] codes =
        [
            await RefusalAsync(() => _server.SendAsync(new CreateTaskCommand(input))),
            await RefusalAsync(() => _server.PutAsync(Guid.NewGuid(), input)),
            await RefusalAsync(() => _server.PutAsync(plain.Id, input)),
            await RefusalAsync(() => _server.PatchAsync(plain.Id, patch)),
            .. await BatchAsync(
                Operation(
                    TaskOperationKind.Create,
                    null,
                    patch with
                    {
                        Title = new("Run"),
                        Due = new(new DuePatch(new("2026-03-02"))),
                    }
                ),
                Operation(TaskOperationKind.Patch, plain.Id, patch)
            ),
        ];

        Assert.That(codes, Is.All.EqualTo(code));
        Assert.That((await _server.GetAsync(plain.Id)).Version, Is.EqualTo(plain.Version));
    }

    [Test]
    public async Task A_task_that_repeats_needs_a_due()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        var plain = await _server.CreateAsync();
        Error?[] errors =
        [
            (await _server.SendAsync(new CreateTaskCommand(new TaskInput("Run", Recurrence: new(Daily))))).Error,
            (await _server.PatchAsync(plain.Id, Nothing with { Recurrence = new(Series.Rule(Daily)) })).Error,
            (await _server.PatchAsync(series.Id, Nothing with { Due = new(null) })).Error,
            (await _server.PutAsync(series.Id, new TaskInput("Run", Recurrence: new(Daily)))).Error,
        ];
        Assert.That(errors, Is.All.EqualTo(TaskErrors.RecurrenceWithoutDue));
    }

    [Test]
    public async Task The_recurrence_of_a_closed_task_is_fixed()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        await series.DoAsync("2026-03-02T12:00Z done");
        var due = new DueInput("2026-03-02", "07:00");

        var changed = await _server.PatchAsync(
            series.Id,
            Nothing with
            {
                Recurrence = new(Series.Rule("FREQ=WEEKLY")),
            }
        );
        var replaced = await _server.PutAsync(series.Id, new TaskInput("Put", Status: TaskItemStatus.Done, Due: due));

        Assert.That(changed.Error, Is.EqualTo(TaskErrors.RecurrenceFixed));
        Assert.That(replaced.Value!.Item.Recurrence!.Rule, Is.EqualTo(Daily));
    }

    [Test]
    public async Task A_task_that_was_reopened_repeats_no_more_if_the_series_has_gone_on()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        await series.DoAsync("2026-03-02T12:00Z done");
        await series.DoAsync("2026-03-03T12:00Z done");
        await series.DoAsync("2026-03-03T13:00Z todo 2026-03-02");

        Assert.That((await _server.GetAsync(series.Id)).Recurrence, Is.Null);
        Assert.That(
            (await _server.PatchAsync(series.Id, Nothing with { Recurrence = new(Series.Rule(Daily)) })).Error,
            Is.EqualTo(TaskErrors.RecurrenceFixed)
        );
        await series.DoAsync("2026-03-03T14:00Z cancelled");
        Assert.That(
            (await series.TasksAsync()).Where(task => task.IsOpen).Select(task => task.Occurrence),
            Is.EquivalentTo([new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 5)])
        );
    }

    [Test]
    public async Task A_reopened_task_without_a_due_can_be_closed_changed_and_reopened()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        await series.DoAsync("2026-03-02T12:00Z done");
        await series.DoAsync("2026-03-02T12:01Z title");
        await series.DoAsync("2026-03-02T12:02Z todo 2026-03-02");
        TaskPatch[] patches =
        [
            Nothing with
            {
                Due = new(null),
            },
            Nothing with
            {
                Status = new(TaskItemStatus.Done),
            },
            Title("Changed"),
            Nothing with
            {
                Status = new(TaskItemStatus.Todo),
            },
        ];
        foreach (var patch in patches)
        {
            Assert.That((await _server.PatchAsync(series.Id, patch)).Error, Is.Null);
        }
    }

    [Test]
    public async Task What_was_missed_stays_when_a_replacement_without_the_rule_reopens_the_task()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        await series.DoAsync("2026-03-05T12:00Z done");
        await series.DoAsync("2026-03-05T12:01Z title");

        var put = await _server.PutAsync(series.Id, new TaskInput("Stretch", Due: new("2026-03-02", "07:00")));

        Assert.That(put.Value!.Item.Recurrence, Is.Null);
        Assert.That(
            await series.HistoryAsync(),
            Is.EqualTo("2026-03-02 missed, 2026-03-03 missed, 2026-03-04 missed, 2026-03-05 open (0 of 0)")
        );
    }

    [Test]
    public async Task A_task_whose_due_was_moved_can_be_replaced_by_itself()
    {
        const string rule = "FREQ=YEARLY;INTERVAL=5;BYMONTH=2;BYMONTHDAY=29";
        var series = await Series.StartAsync(_server, "2023-03-01", rule);
        await _server.PatchAsync(series.Id, Nothing with { Due = new(new DuePatch(new("2024-01-10"))) });

        var put = await _server.PutAsync(
            series.Id,
            new TaskInput("Stretch", Due: new("2024-01-10", "07:00"), Recurrence: new(rule))
        );

        Assert.That(put.Error, Is.Null);
    }

    [Test]
    public async Task A_batch_that_has_created_the_predicted_task_itself_is_repeated()
    {
        await _server.SendAsync(new UpdateMeCommand(default, TimeZone: new("Pacific/Kiritimati")));
        var task = await _server.CreateAsync(
            new TaskInput("Call", Due: new("2026-03-02", "07:00", "America/New_York"), Recurrence: new(Daily))
        );
        // There it is 4 March already, and so the first attempt is refused.
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
        var codes = await BatchAsync(
            Operation(TaskOperationKind.Create, Recurrence.IdOf(task.Id, new(2026, 3, 4)), Title("Predicted")),
            Operation(TaskOperationKind.Patch, task.Id, Nothing with { Status = new(TaskItemStatus.Done) })
        );

        Assert.That(codes, Is.All.Null);
    }

    [Test]
    public async Task A_task_that_is_created_done_has_no_successor()
    {
        var task = await _server.CreateAsync(
            new TaskInput("Run", Status: TaskItemStatus.Done, Due: new DueInput("2026-03-02"), Recurrence: new(Daily))
        );
        var series = await _server.SendAsync(new GetTaskSeriesQuery(task.Id, null, null));
        Assert.That(series.Value!.Occurrences.Select(of => of.State), Is.EqualTo([OccurrenceState.Done]));
        Assert.That((series.Value.CurrentStreak, series.Value.LongestStreak), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_successor_that_was_undone_is_gone_for_everybody_who_syncs()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        await series.DoAsync("2026-03-02T12:00Z done");
        var since = (await _server.ChangesAsync()).Value!.Next;
        var next = (await series.OpenAsync())!.Id;

        await series.DoAsync("2026-03-02T12:01Z todo 2026-03-02");

        var changes = (await _server.ChangesAsync(since)).Value!.Items;
        Assert.That(
            changes.Select(item => (item.Id, item.DeletedAt is null)),
            Is.EquivalentTo([(series.Id, true), (next, false)])
        );
        Assert.That(await RefusalAsync(() => _server.PatchAsync(next, Title("Late"))), Is.EqualTo("not_found"));
        Assert.That(await RefusalAsync(() => _server.RestoreAsync(next)), Is.EqualTo("not_found"));
        Assert.That(await RefusalAsync(() => _server.PutAsync(next, new TaskInput("Late"))), Is.EqualTo("not_found"));
        Assert.That((await _server.ListAsync(TaskFilter.Trash)).Value!.Items, Is.Empty);
    }

    [TestCase("2025-12-31T23:59Z")]
    [TestCase("2026-03-02T12:05:00.001Z")]
    public async Task A_task_is_done_after_its_creation_and_not_in_the_future(string completedAt)
    {
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var task = await _server.CreateAsync();
        var done = Nothing with { Status = new(TaskItemStatus.Done), CompletedAt = new(Rfc3339.Parse(completedAt)) };

        Assert.That((await _server.PatchAsync(task.Id, done)).Error, Is.EqualTo(TaskErrors.CompletionOutOfRange));
        Assert.That((await _server.GetAsync(task.Id)).Status, Is.EqualTo(TaskItemStatus.Todo));
        Assert.That(
            (await _server.PatchAsync(task.Id, done with { CompletedAt = new(task.CreatedAt.AddMinutes(5)) }))
                .Value!
                .CompletedAt,
            Is.EqualTo(task.CreatedAt),
            "a clock that is ahead"
        );
    }

    [Test]
    public async Task One_atomic_batch_completes_a_task_and_changes_the_one_that_comes_of_it()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var (second, third) = (
            Recurrence.IdOf(series.Id, new(2026, 3, 3)),
            Recurrence.IdOf(series.Id, new(2026, 3, 4))
        );
        var done = Nothing with { Status = new(TaskItemStatus.Done) };
        var todo = Nothing with { Status = new(TaskItemStatus.Todo) };

        var codes = await BatchAsync(
            Operation(TaskOperationKind.Patch, series.Id, done),
            Operation(TaskOperationKind.Patch, second, done),
            Operation(TaskOperationKind.Patch, second, todo),
            Operation(TaskOperationKind.Patch, second, done),
            Operation(TaskOperationKind.Patch, third, Title("Third"))
        );

        Assert.That(codes, Is.All.Null);
        Assert.That(
            await series.HistoryAsync(),
            Is.EqualTo("2026-03-02 done, 2026-03-03 done, 2026-03-04 open (2 of 2)")
        );
        Assert.That((await _server.GetAsync(third)).Title, Is.EqualTo("Third"));
    }

    [Test]
    public async Task A_hundred_parallel_completions_make_one_successor()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var put = new TaskInput(
            "Stretch",
            Status: TaskItemStatus.Done,
            Due: new("2026-03-02", "07:00"),
            Recurrence: new(Daily)
        );
        var done = Nothing with { Status = new(TaskItemStatus.Done) };

        var errors = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    Task.Run(async () =>
                        i % 3 == 0 ? (await _server.PatchAsync(series.Id, done)).Error
                        : i % 3 == 1 ? (await _server.PutAsync(series.Id, put)).Error
                        : (
                            await _server.SendAsync(
                                new BatchTasksCommand([Operation(TaskOperationKind.Patch, series.Id, done)], i % 2 == 0)
                            )
                        ).Error
                    )
                )
        );

        Assert.That(errors, Is.All.Null);
        Assert.That(await series.HistoryAsync(), Is.EqualTo("2026-03-02 done, 2026-03-03 open (1 of 1)"));
    }

    [Test]
    public async Task A_completion_counts_on_when_an_earlier_task_is_reopened_meanwhile()
    {
        var series = await Series.StartAsync(_server, "2026-03-02", Daily);
        await series.DoAsync("2026-03-02T12:00Z done");
        await series.DoAsync("2026-03-03T12:00Z done");
        await using var other = TestRun.Database.Start();
        other.Caller.Session = _server.Caller.Session;
        other.Clock.AdjustTime(_server.Clock.GetUtcNow());
        var open = (await series.OpenAsync())!.Id;
        // The task is loaded with a streak of two before.
        var reopening = _server.Commands.StartOnceAfter(
            command => Commands.Names(command, "Tasks"),
            () => other.PatchAsync(series.Id, Nothing with { Status = new(TaskItemStatus.Todo) })
        );

        await _server.PatchAsync(open, Nothing with { Status = new(TaskItemStatus.Done) });
        await reopening;

        Assert.That(
            await series.HistoryAsync(),
            Is.EqualTo("2026-03-02 missed, 2026-03-03 done, 2026-03-04 done, 2026-03-05 open (2 of 2)")
        );
    }

    [TestCase("PATCH")]
    [TestCase("PUT")]
    public async Task No_other_writer_waits_while_the_dates_of_a_rule_are_computed(string method)
    {
        var task = await _server.CreateAsync(new TaskInput("Walk", Due: new("2026-03-02", "07:00")));
        var another = await _server.CreateAsync();
        await using var other = TestRun.Database.Start();
        other.Caller.Session = _server.Caller.Session;
        _server.Commands.OnceAfter(
            command => Commands.Names(command, "Tasks"),
            () => other.PatchAsync(another.Id, Title("Meanwhile"))
        );

        var changed =
            method == "PATCH"
                ? (
                    await _server.PatchAsync(
                        task.Id,
                        Nothing with
                        {
                            Recurrence = new(new RecurrencePatch(new(Daily))),
                        }
                    )
                ).Error
                : (
                    await _server.PutAsync(
                        task.Id,
                        new TaskInput("Walk", Due: new("2026-03-02", "07:00"), Recurrence: new(Daily))
                    )
                ).Error;

        Assert.That(changed, Is.Null);
        Assert.That(_server.Commands.After, Is.Null, "the other one came between");
        Assert.That((await _server.GetAsync(another.Id)).Title, Is.EqualTo("Meanwhile"));
        Assert.That((await _server.GetAsync(task.Id)).Recurrence?.Rule, Is.EqualTo(Daily));
    }

    [Test]
    public async Task Whoever_is_elsewhere_than_the_task_completes_it_on_the_own_day()
    {
        await _server.SendAsync(new UpdateMeCommand(default, TimeZone: new("Pacific/Kiritimati")));
        var task = await _server.CreateAsync(
            new TaskInput("Call", Due: new("2026-03-02", "07:00", "America/New_York"), Recurrence: new(Daily))
        );
        // There it is 3 March already.
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        _server.Clock.Advance(TimeSpan.FromHours(24));

        await _server.PatchAsync(task.Id, Nothing with { Status = new(TaskItemStatus.Done) });

        Assert.That(
            (await _server.GetAsync(Recurrence.IdOf(task.Id, new(2026, 3, 4)))).Occurrence,
            Is.EqualTo("2026-03-04")
        );
    }

    private static async Task<string?> RefusalAsync<T>(Func<Task<Result<T>>> send)
    {
        // A batch validates each operation itself, and all others come through the validator of the request.
        var result = await send();
        return result.Error?.Code;
    }

    private async Task<IEnumerable<string?>> BatchAsync(params TaskOperation[] operations) =>
        (await _server.SendAsync(new BatchTasksCommand(operations, Atomic: true))).Value!.Results.Select(result =>
            result.Error?.Code
        );

    private static TestCaseData Story(
        string name,
        string date,
        string rule,
        string[] steps,
        string history,
        RecurrenceFrom from = RecurrenceFrom.Due
    ) => new TestCaseData(new Story(date, rule, from, steps, history)).SetArgDisplayNames(name);
}

public sealed record Story(string Date, string Rule, RecurrenceFrom From, string[] Steps, string History);
