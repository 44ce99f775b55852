using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class TaskItemTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    private static readonly TaskFields Fields = new(
        "Leg day",
        "Squats",
        TaskItemStatus.Todo,
        TaskPriority.High,
        Due.At(Now.AddDays(1)),
        ["gym", "legs"]
    )
    {
        ListId = Guid.NewGuid(),
        Position = "a",
        Checklist = Steps(1),
    };

    [Test]
    public void A_task_starts_in_any_status_and_is_completed_when_it_starts_done([Values] TaskItemStatus status)
    {
        var (id, ownerId) = (Guid.NewGuid(), Guid.NewGuid());

        var task = TaskItem.Create(id, ownerId, Fields with { Status = status }, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((task.Id, task.OwnerId), Is.EqualTo((id, ownerId)));
            Assert.That(task.Fields, Is.EqualTo(Fields with { Status = status }));
            Assert.That((task.CreatedAt, task.UpdatedAt), Is.EqualTo((Now, Now)));
            Assert.That(task.CompletedAt, Is.EqualTo(status == TaskItemStatus.Done ? Now : (DateTimeOffset?)null));
            Assert.That(task.DeletedAt, Is.Null);
            Assert.That(task.Version, Is.Zero);
        }
    }

    [Test]
    public void An_edit_replaces_all_fields()
    {
        var task = Create();
        var fields = new TaskFields("Rest", null, TaskItemStatus.Done, TaskPriority.Low, null, ["sofa"])
        {
            Position = "b",
            Checklist = Steps(2),
        };

        var edited = task.Edit(fields, Later);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(edited.IsSuccess, Is.True);
            Assert.That(task.Fields, Is.EqualTo(fields));
            Assert.That((task.CreatedAt, task.UpdatedAt), Is.EqualTo((Now, Later)));
            Assert.That(task.CompletedAt, Is.EqualTo(Later));
        }
    }

    [Test]
    public void An_edit_without_changes_does_not_update_the_task()
    {
        var task = Create();

        var edited = task.Edit(Fields with { Labels = [.. Fields.Labels] }, Later);

        Assert.That(edited.IsSuccess, Is.True);
        Assert.That(task.UpdatedAt, Is.EqualTo(Now));
    }

    [Test]
    public void An_edit_of_other_fields_keeps_the_completion_time()
    {
        var task = Create(TaskItemStatus.Done);

        task.Edit(task.Fields with { Title = "Arm day" }, Later);

        Assert.That((task.CompletedAt, task.UpdatedAt), Is.EqualTo(((DateTimeOffset?)Now, Later)));
    }

    [Test]
    public void A_task_that_nobody_has_placed_gets_its_position_from_its_creation()
    {
        var task = Create(Fields with { Position = null });
        Assert.That(task.Position, Is.Empty);

        Place(task, createdVersion: 7);

        Assert.That(task.Position, Is.EqualTo(Positions.Default(7)));
    }

    [Test]
    public void An_edit_without_a_position_places_the_task_by_its_creation_and_a_second_time_nowhere()
    {
        var task = Create();
        Place(task, createdVersion: 7);
        task.Edit(Fields, Now);

        task.Edit(Fields with { Position = null }, Later);
        task.Edit(Fields with { Position = null }, Later.AddHours(1));

        Assert.That((task.Position, task.UpdatedAt), Is.EqualTo((Positions.Default(7), Later)));
    }

    [Test]
    public void A_task_has_values_without_a_position_only_while_it_is_where_it_was_created()
    {
        var unplaced = Fields with { Position = null };
        var task = Create(unplaced);
        Assert.That(task.Has(unplaced), Is.True, "not saved yet");

        Place(task, createdVersion: 7);
        Assert.That(task.Has(unplaced), Is.True);
        Assert.That(task.Has(Fields with { Position = Positions.Default(7) }), Is.True);

        task.Edit(Fields, Later);
        Assert.That(task.Has(unplaced), Is.False);
        Assert.That(task.Has(Fields), Is.True);
        Assert.That(task.Has(Fields with { Checklist = Steps(2) }), Is.False);
        Assert.That(task.Has(Fields with { ListId = null }), Is.False);
    }

    [Test]
    public void A_checklist_has_at_most_100_items()
    {
        var task = Create();

        var edited = task.Edit(Fields with { Checklist = Steps(100) }, Later);

        Assert.That(edited.IsSuccess, Is.True);
        Assert.That(task.Checklist.Equals(Steps(100)), Is.True);
    }

    [Test]
    public void A_longer_checklist_is_refused_and_nothing_changes()
    {
        var task = Create();

        var edited = task.Edit(
            Fields with
            {
                Title = "Arm day",
                Status = TaskItemStatus.Done,
                Checklist = Steps(101),
            },
            Later
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(edited.Error?.Code, Is.EqualTo("validation_failed"));
            var field = edited.Error!.Fields!.Single();
            Assert.That(field.Path, Is.EqualTo(["checklist"]));
            Assert.That(field.Code, Is.EqualTo(FieldErrorCodes.TooLong));
            Assert.That(task.Fields, Is.EqualTo(Fields));
            Assert.That((task.UpdatedAt, task.CompletedAt), Is.EqualTo((Now, (DateTimeOffset?)null)));
        }
    }

    [TestCase(TaskItemStatus.Todo, "TIDC")]
    [TestCase(TaskItemStatus.InProgress, "TIDC")]
    [TestCase(TaskItemStatus.Done, "TD")]
    [TestCase(TaskItemStatus.Cancelled, "TC")]
    public void A_task_changes_its_status_only_as_allowed(TaskItemStatus from, string allowed)
    {
        foreach (var to in Enum.GetValues<TaskItemStatus>())
        {
            var task = Create(from);
            var edited = Create(from);

            var move = task.MoveTo(to, Later);
            var edit = edited.Edit(edited.Fields with { Status = to, Title = "Arm day" }, Later);

            var isAllowed = allowed.Contains(to.ToString()[0], StringComparison.Ordinal);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(move.Error, Is.EqualTo(isAllowed ? null : TaskErrors.StateConflict), $"to {to}");
                Assert.That(edit.Error, Is.EqualTo(move.Error), $"to {to}");
                Assert.That(task.Status, Is.EqualTo(isAllowed ? to : from));
                Assert.That(task.UpdatedAt, Is.EqualTo(isAllowed && to != from ? Later : Now));
                Assert.That(task.CompletedAt, Is.EqualTo(CompletedAt(from, task.Status)));
                Assert.That(
                    edited.Fields,
                    Is.EqualTo(Fields with { Status = task.Status, Title = isAllowed ? "Arm day" : "Leg day" })
                );
                Assert.That(edited.UpdatedAt, Is.EqualTo(isAllowed ? Later : Now));
            }
        }
    }

    [TestCase(-1, false, 0)]
    [TestCase(0, true, 0)]
    [TestCase(30, true, 30)]
    [TestCase(60, true, 60)]
    [TestCase(65, true, 60)]
    [TestCase(66, false, 0)]
    public void A_task_was_done_after_it_was_created_and_not_in_the_future(int minutes, bool isAllowed, int completed)
    {
        var task = Create();

        var moved = task.MoveTo(TaskItemStatus.Done, Later, Now.AddMinutes(minutes));

        Assert.That(moved.IsSuccess, Is.EqualTo(isAllowed));
        Assert.That(moved.Error, Is.EqualTo(isAllowed ? null : TaskErrors.CompletionOutOfRange));
        Assert.That(task.CompletedAt, Is.EqualTo(isAllowed ? Now.AddMinutes(completed) : default(DateTimeOffset?)));
    }

    [Test]
    public void A_task_moves_to_the_trash_and_is_restored_unchanged()
    {
        var task = Create(TaskItemStatus.Done);

        task.Trash(Later);
        Assert.That((task.DeletedAt, task.UpdatedAt), Is.EqualTo(((DateTimeOffset?)Later, Later)));
        task.Trash(Later.AddHours(1));
        Assert.That((task.DeletedAt, task.UpdatedAt), Is.EqualTo(((DateTimeOffset?)Later, Later)), "twice is once");

        task.Restore(Later.AddHours(2));
        Assert.That((task.DeletedAt, task.UpdatedAt), Is.EqualTo(((DateTimeOffset?)null, Later.AddHours(2))));
        task.Restore(Later.AddHours(3));
        Assert.That(task.UpdatedAt, Is.EqualTo(Later.AddHours(2)), "twice is once");
        Assert.That(task.Fields, Is.EqualTo(Fields with { Status = TaskItemStatus.Done }));
        Assert.That(task.CompletedAt, Is.EqualTo(Now));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_task_leaves_its_deleted_list_for_the_trash(bool isInTrashBefore)
    {
        var task = Create();
        if (isInTrashBefore)
        {
            task.Trash(Now);
        }

        task.TrashWithList(Later);

        var trashedAt = isInTrashBefore ? Now : Later;
        Assert.That((task.DeletedAt, task.UpdatedAt), Is.EqualTo(((DateTimeOffset?)trashedAt, trashedAt)));
        Assert.That(task.Fields, Is.EqualTo(Fields with { ListId = null }));
    }

    [Test]
    public void A_task_is_restored_into_the_inbox_without_its_list()
    {
        var task = Create();
        task.Trash(Now);

        task.RestoreToInbox(Later);

        Assert.That((task.DeletedAt, task.UpdatedAt), Is.EqualTo(((DateTimeOffset?)null, Later)));
        Assert.That(task.Fields, Is.EqualTo(Fields with { ListId = null }));
    }

    [TestCase(TaskItemStatus.Todo, true)]
    [TestCase(TaskItemStatus.InProgress, true)]
    [TestCase(TaskItemStatus.Done, false)]
    [TestCase(TaskItemStatus.Cancelled, false)]
    public void A_task_is_open_while_it_is_unfinished_and_not_in_the_trash(TaskItemStatus status, bool expected)
    {
        var task = Create(status);
        Assert.That(task.IsOpen, Is.EqualTo(expected));

        task.Trash(Later);
        Assert.That(task.IsOpen, Is.False);

        task.Restore(Later);
        Assert.That(task.IsOpen, Is.EqualTo(expected));
    }

    [TestCase(-1, TaskItemStatus.Todo, false, true)]
    [TestCase(-1, TaskItemStatus.InProgress, false, true)]
    [TestCase(-1, TaskItemStatus.Done, false, false)]
    [TestCase(-1, TaskItemStatus.Cancelled, false, false)]
    [TestCase(-1, TaskItemStatus.Todo, true, false)]
    [TestCase(0, TaskItemStatus.Todo, false, false, TestName = "A task is not overdue at its exact due time")]
    [TestCase(1, TaskItemStatus.Todo, false, false)]
    [TestCase(null, TaskItemStatus.Todo, false, false)]
    public void A_task_is_overdue_while_it_is_open_and_past_its_due_time(
        int? dueInMilliseconds,
        TaskItemStatus status,
        bool isTrashed,
        bool expected
    )
    {
        DateTimeOffset? dueAt = dueInMilliseconds is { } due ? Now.AddMilliseconds(due) : null;
        var task = TaskItem.Create(
            Guid.NewGuid(),
            Guid.NewGuid(),
            Fields with
            {
                Status = status,
                Due = dueAt is { } at ? Due.At(at) : null,
            },
            Now.AddDays(-1)
        );
        if (isTrashed)
        {
            task.Trash(Now);
        }

        task.ResolveDue(Due.Utc);

        Assert.That(task.IsOverdue(Now), Is.EqualTo(expected));
    }

    [TestCase]
    [TestCase("gym")]
    [TestCase("b", "a", "B", "ab", "a b", "é", "🏋")]
    public void A_task_keeps_the_order_of_its_labels(params string[] labels)
    {
        var task = TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), Fields with { Labels = labels }, Now);

        Assert.That(task.Labels, Is.EqualTo(labels));
    }

    private static DateTimeOffset? CompletedAt(TaskItemStatus from, TaskItemStatus to) =>
        to != TaskItemStatus.Done ? null
        : from == to ? Now
        : Later;

    private static TaskItem Create(TaskItemStatus status = TaskItemStatus.Todo) =>
        Create(Fields with { Status = status });

    private static TaskItem Create(TaskFields fields) => TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), fields, Now);

    /// <summary>Gives the task a version and its place, as the first save does.</summary>
    private static void Place(TaskItem task, long createdVersion)
    {
        typeof(TaskItem).GetProperty(nameof(TaskItem.CreatedVersion))!.SetValue(task, createdVersion);
        task.PlaceByCreation();
    }

    private static Checklist Steps(int count) =>
        new(Enumerable.Range(1, count).Select(i => new ChecklistItem($"{i}", "Step", false, Positions.Default(i))));
}
