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

    private static readonly TaskFields[] Others =
    [
        Fields with
        {
            Title = "leg day",
        },
        Fields with
        {
            Description = null,
        },
        Fields with
        {
            Status = TaskItemStatus.Done,
        },
        Fields with
        {
            Priority = TaskPriority.Low,
        },
        Fields with
        {
            DueAt = null,
        },
        Fields with
        {
            DueAt = DueAt.AddMilliseconds(1),
        },
        Fields with
        {
            Labels = [],
        },
        Fields with
        {
            Labels = ["legs", "gym"],
        },
        Fields with
        {
            Labels = ["gym", "Legs"],
        },
        Fields with
        {
            ListId = null,
        },
        Fields with
        {
            ListId = Guid.NewGuid(),
        },
        Fields with
        {
            Position = null,
        },
        Fields with
        {
            Position = "v1v",
        },
        Fields with
        {
            Checklist = Checklist.Empty,
        },
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

    private static Checklist Steps() => new([new ChecklistItem("a", "Warm up", true, "V1V")]);
}
