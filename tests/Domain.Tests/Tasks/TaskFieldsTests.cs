using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class TaskFieldsTests
{
    private static readonly DateTimeOffset DueAt = new(2026, 3, 14, 15, 0, 0, TimeSpan.Zero);

    private static readonly TaskFields Fields = new(
        "Leg day",
        "Squats",
        TaskItemStatus.Todo,
        TaskPriority.High,
        DueAt,
        ["gym", "legs"]
    )
    {
        ListId = Guid.NewGuid(),
        Position = "V1V",
        Checklist = Steps(),
    };

    private static readonly TestCaseData[] Others =
    [
        Case("title", Fields with { Title = "leg day" }),
        Case("description", Fields with { Description = null }),
        Case("status", Fields with { Status = TaskItemStatus.Done }),
        Case("priority", Fields with { Priority = TaskPriority.Low }),
        Case("no due time", Fields with { DueAt = null }),
        Case("due time", Fields with { DueAt = DueAt.AddMilliseconds(1) }),
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
    public void Fields_are_equal_by_value_including_labels_steps_and_the_instant()
    {
        var same = Fields with
        {
            DueAt = DueAt.ToOffset(TimeSpan.FromHours(2)),
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
