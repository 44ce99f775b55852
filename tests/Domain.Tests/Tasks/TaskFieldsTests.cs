using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class TaskFieldsTests
{
    private static readonly Due Friday = new(new DateOnly(2026, 3, 13), new TimeOnly(18, 0), "Europe/Berlin");

    private static readonly TaskFields Fields = new(
        "Leg day",
        "Squats",
        TaskItemStatus.Todo,
        TaskPriority.High,
        Friday,
        ["gym", "legs"]
    )
    {
        ListId = Guid.NewGuid(),
        Position = "V1V",
        Checklist = Steps(),
        Reminders = [30, 1440],
    };

    private static readonly TestCaseData[] Others =
    [
        Case("title", Fields with { Title = "leg day" }),
        Case("description", Fields with { Description = null }),
        Case("status", Fields with { Status = TaskItemStatus.Done }),
        Case("priority", Fields with { Priority = TaskPriority.Low }),
        Case("no due", Fields with { Due = null }),
        Case("due date", Fields with { Due = Friday with { Date = Friday.Date.AddDays(1) } }),
        Case("all day", Fields with { Due = Friday with { Time = null } }),
        Case("floating", Fields with { Due = Friday with { TimeZone = null } }),
        Case("no reminders", Fields with { Reminders = [] }),
        Case("order of reminders", Fields with { Reminders = [1440, 30] }),
        Case("no labels", Fields with { Labels = [] }),
        Case("order of labels", Fields with { Labels = ["legs", "gym"] }),
        Case("case of a label", Fields with { Labels = ["gym", "Legs"] }),
        Case("no list", Fields with { ListId = null }),
        Case("list", Fields with { ListId = Guid.NewGuid() }),
        Case("no position", Fields with { Position = null }),
        Case("position", Fields with { Position = "v1v" }),
        Case("no checklist", Fields with { Checklist = Checklist.Empty }),
    ];

    [Test]
    public void Fields_are_equal_by_value_including_labels_steps_due_and_reminders()
    {
        var same = Fields with
        {
            Due = Friday with { },
            Reminders = [30, 1440],
            Labels = ["gym", "legs"],
            Checklist = Steps(),
        };

        Assert.That(Fields.Equals(same), Is.True);
        Assert.That(same.GetHashCode(), Is.EqualTo(Fields.GetHashCode()));
    }

    [TestCaseSource(nameof(Others))]
    public void Fields_differ_when_any_member_differs(TaskFields other) => Assert.That(Fields.Equals(other), Is.False);

    [Test]
    public void Fields_differ_from_null() => Assert.That(Fields.Equals(null), Is.False);

    // Runs of a test are compared by name, so the name contains no random id.
    private static TestCaseData Case(string name, TaskFields other) => new TestCaseData(other).SetArgDisplayNames(name);

    private static Checklist Steps() => new([new ChecklistItem("a", "Warm up", true, "V1V")]);
}
