using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class TaskPatchTests
{
    private const string B = "b";
    private const string C = "c";
    private static readonly DateTimeOffset DueAt = Given.Now.AddDays(1);
    private static readonly Due Friday = new(new DateOnly(2026, 3, 13), new TimeOnly(18, 0), "Europe/Berlin");
    private static readonly Guid ListId = Guid.NewGuid();
    private static readonly ChecklistItem Squats = new("squats", "Squats", false, "B");
    private static readonly ChecklistItem Lunges = new("lunges", "Lunges", true, "C");
    private static readonly TaskFields Placed = With(null) with
    {
        ListId = ListId,
        Position = "a",
        Checklist = new([Squats, Lunges]),
    };

    // These are the cases of the appendix of RFC 7396 with the members of a task: "a" is the description, lists are the labels.
    private static readonly TestCaseData[] Appendix =
    [
        Case("""{"a":"b"} + {"a":"c"}""", With(B), Describe(C), With(C)),
        Case("""{"a":"b"} + {"b":"c"}""", With(B), Patch.Title(C), With(B) with { Title = C }),
        Case("""{"a":"b"} + {"a":null}""", With(B), Describe(null), With(null)),
        Case(
            """{"a":"b","b":"c"} + {"a":null}""",
            With(B) with
            {
                Due = Friday,
            },
            Describe(null),
            With(null) with
            {
                Due = Friday,
            }
        ),
        Case("""{"a":["b"]} + {"a":"c"} as a list""", With(null, B), Label(C), With(null, C)),
        Case("""{"a":"c"} + {"a":["b"]} as a list""", With(null), Label(B), With(null, B)),
        Case("""["a","b"] + ["c","d"]""", With(null, "a", B), Label(C, "d"), With(null, C, "d")),
        Case("""["a","b"] + []""", With(null, "a", B), Label(), With(null)),
        Case("""["a","b"] + null""", With(null, "a", B), Patch.Nothing with { Labels = new(null) }, With(null)),
        Case("""{"e":null} + {"a":1}""", With(null), Patch.Title(C), With(null) with { Title = C }),
        Case("""{} + {"a":{"bb":{"ccc":null}}}""", With(null), Describe(null), With(null)),
        Case(
            "a time that is set and one that is cleared",
            With(B) with
            {
                Due = Friday,
            },
            Patch.Nothing with
            {
                DueAt = new(null),
            },
            With(B)
        ),
        Case(
            "every member at once",
            With(B, C),
            new TaskPatch(
                new(" New "),
                new(C),
                new(TaskItemStatus.Done),
                new(TaskPriority.Urgent),
                new(DueAt),
                new([" d ", B])
            ),
            new TaskFields("New", C, TaskItemStatus.Done, TaskPriority.Urgent, Due.At(DueAt), ["d", B])
        ),
        Case("nothing at all", With(B, C), Patch.Nothing, With(B, C)),
        Case("no list, place or steps", Placed, Patch.Title("Leg day"), Placed),
        Case(
            "a list and a place",
            With(null),
            Patch.Nothing with
            {
                ListId = new(ListId),
                Position = new("b"),
            },
            With(null) with
            {
                ListId = ListId,
                Position = "b",
            }
        ),
        Case("to the inbox", Placed, Patch.Nothing with { ListId = new(null) }, Placed with { ListId = null }),
        Case("no place", Placed, Patch.Nothing with { Position = new(null) }, Placed with { Position = null }),
        Case(
            "steps that are added, changed, removed and gone",
            Placed,
            Patch.Checklist(
                ("calves", Patch.Step(title: new(" \u202ACalves\u202C "), position: new("BV"))),
                ("squats", Patch.Step(done: new(true))),
                ("lunges", null),
                ("gone", Patch.Step(done: new(true)))
            ),
            Placed with
            {
                Checklist = new([Squats with { Done = true }, new ChecklistItem("calves", "Calves", false, "BV")]),
            }
        ),
        Case("an empty patch of the steps", Placed, Patch.Checklist(), Placed),
        Case(
            "null in place of all steps",
            Placed,
            Patch.Nothing with
            {
                Checklist = new(null),
            },
            Placed with
            {
                Checklist = Checklist.Empty,
            }
        ),
        Case(
            "a moment in place of a due",
            WithDue(Friday),
            Patch.Nothing with
            {
                DueAt = new(DueAt),
            },
            WithDue(Due.At(DueAt))
        ),
        Case("no due any more", WithDue(Friday), Patch.Nothing with { Due = new(null) }, WithDue(null)),
        Case(
            "another day",
            WithDue(Friday),
            PatchDue(date: "2026-03-20"),
            WithDue(Friday with { Date = new(2026, 3, 20) })
        ),
        Case(
            "another time",
            WithDue(Friday),
            PatchDue(time: "07:30:15.250"),
            WithDue(Friday with { Time = new(7, 30, 15, 250) })
        ),
        Case("all day", WithDue(Friday), PatchDue(time: null), WithDue(Friday with { Time = null })),
        Case(
            "another time zone",
            WithDue(Friday),
            PatchDue(timeZone: "Asia/Tokyo"),
            WithDue(Friday with { TimeZone = "Asia/Tokyo" })
        ),
        Case(
            "wherever the person is",
            WithDue(Friday),
            PatchDue(timeZone: null),
            WithDue(Friday with { TimeZone = null })
        ),
        Case(
            "the zone of a moment",
            WithDue(Due.At(DueAt)),
            PatchDue(timeZone: "Asia/Tokyo"),
            WithDue(Due.At(DueAt) with { TimeZone = "Asia/Tokyo" })
        ),
        Case(
            "a day where there was no due",
            With(null),
            PatchDue(date: "2026-03-13"),
            WithDue(new(new(2026, 3, 13), null, null))
        ),
        Case("an empty patch of a due", WithDue(Friday), PatchDue(), WithDue(Friday)),
        Case(
            "reminders",
            With(null),
            Patch.Nothing with
            {
                Reminders = new([30, 0]),
            },
            With(null) with
            {
                Reminders = [30, 0],
            }
        ),
        Case(
            "no reminders any more",
            With(null) with
            {
                Reminders = [30],
            },
            Patch.Nothing with
            {
                Reminders = new(null),
            },
            With(null)
        ),
    ];

    [TestCase("12:00", null)]
    [TestCase(null, "Asia/Tokyo")]
    public void Refuses_a_part_of_a_due_for_a_task_without_one(string? time, string? timeZone)
    {
        var patch = time is null ? PatchDue(timeZone: timeZone) : PatchDue(time: time);

        Assert.That(patch.ApplyTo(With(null)).Error, Is.EqualTo(TaskErrors.DueWithoutDate));
    }

    [TestCaseSource(nameof(Appendix))]
    public void Merges_according_to_RFC_7396(object patch, object original, object result) =>
        Assert.That(((TaskPatch)patch).ApplyTo((TaskFields)original).Value, Is.EqualTo((TaskFields)result));

    [Test]
    public void Accepts_absent_members() => Assert.That(Errors(Patch.Nothing), Is.Empty);

    [Test]
    public void Refuses_null_for_a_required_member() =>
        Assert.That(
            Errors(Patch.Title(null) with { Status = new(null), Priority = new(null) }),
            Is.EqualTo("title: required, status: required, priority: required")
        );

    [Test]
    public void Accepts_null_for_an_optional_member() =>
        Assert.That(
            Errors(
                Patch.Nothing with
                {
                    Description = new(null),
                    DueAt = new(null),
                    Labels = new(null),
                    ListId = new(null),
                    Position = new(null),
                    Checklist = new(null),
                }
            ),
            Is.Empty
        );

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Titles))]
    public void Checks_the_title(string? title, string error) =>
        Assert.That(Errors(Patch.Title(title)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Descriptions))]
    public void Checks_the_description(string? description, string error) =>
        Assert.That(Errors(Describe(description)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Labels))]
    public void Checks_the_labels(string[]? labels, string error) =>
        Assert.That(Errors(Patch.Nothing with { Labels = new(labels) }), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Positions))]
    public void Checks_the_position(string? position, string error) =>
        Assert.That(Errors(Patch.Nothing with { Position = new(position) }), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Dues))]
    public void Checks_the_due(string? date, string? time, string? timeZone, string error) =>
        Assert.That(Errors(PatchDue(date, time, timeZone)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Reminders))]
    public void Checks_the_reminders(int[]? reminders, string error) =>
        Assert.That(Errors(Patch.Nothing with { Reminders = new(reminders) }), Is.EqualTo(error));

    [Test]
    public void Refuses_a_due_and_its_moment_together([Values] bool isCleared) =>
        Assert.That(
            Errors(Patch.Nothing with { DueAt = new(isCleared ? null : DueAt), Due = new(null) }),
            Is.EqualTo("dueAt: not_allowed")
        );

    [Test]
    public void Leaves_it_to_the_save_whose_list_it_is() =>
        Assert.That(Errors(Patch.Nothing with { ListId = new(Guid.Empty) }), Is.Empty);

    private static string Errors(TaskPatch patch) =>
        new PatchTaskValidator().ErrorTextOf(new PatchTaskCommand(Guid.NewGuid(), patch, Precondition.None));

    private static TaskFields With(string? description, params string[] labels) =>
        new("Leg day", description, TaskItemStatus.Todo, TaskPriority.Normal, null, labels);

    private static TaskFields WithDue(Due? due) => With(null) with { Due = due };

    // An absent part is passed as an empty text.
    private static TaskPatch PatchDue(string? date = "", string? time = "", string? timeZone = "") =>
        Patch.Nothing with
        {
            Due = new(new DuePatch(Part(date), Part(time), Part(timeZone))),
        };

    private static Optional<string?> Part(string? value) => value == "" ? default : new(value);

    private static TaskPatch Describe(string? description) =>
        Patch.Nothing with
        {
            Description = new Optional<string?>(description),
        };

    private static TaskPatch Label(params string[] labels) => Patch.Nothing with { Labels = new(labels) };

    private static TestCaseData Case(string name, TaskFields original, TaskPatch patch, TaskFields result) =>
        new TestCaseData(patch, original, result).SetArgDisplayNames(name);
}
