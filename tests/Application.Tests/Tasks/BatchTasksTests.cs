using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Moq;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class BatchTasksTests
{
    private readonly Mock<IListRepository> _lists = new();
    private readonly StoredTasks _tasks = new();
    private readonly TaskItem _task;

    public BatchTasksTests() => _task = _tasks.Store("Leg day");

    [Test]
    public async Task Applies_all_operations_in_order([Values] bool atomic)
    {
        var gone = _tasks.Store("Run");

        var outcome = await RunAsync(
            atomic,
            Create("Swim"),
            PatchOf(_task.Id, Patch.Title("Arm day")),
            PatchOf(_task.Id, Patch.Status(TaskItemStatus.Done), ifMatch: atomic ? _task.Version : null),
            Delete(gone.Id)
        );

        Assert.That(outcome.IsApplied, Is.True);
        Assert.That(Codes(outcome), Is.EqualTo("Create ok, Patch ok, Patch ok, Delete ok"));
        Assert.That(outcome.Results.Select(result => result.Task is null), Is.EqualTo([false, false, false, true]));
        Assert.That(_tasks.Row(outcome.Results[0].Task!.Id).Title, Is.EqualTo("Swim"));
        Assert.That(outcome.Results[0].Task!.Id.Version, Is.EqualTo(7));
        Assert.That(
            _tasks.Row(_task.Id).Fields,
            Is.EqualTo(_task.Fields with { Title = "Arm day", Status = TaskItemStatus.Done })
        );
        Assert.That(_tasks.Row(gone.Id).DeletedAt, Is.EqualTo(Given.Now));
        Assert.That(_tasks.Saves, Is.EqualTo(atomic ? 1 : 4));
    }

    [Test]
    public async Task Creates_patches_and_deletes_one_task_in_one_batch([Values] bool atomic)
    {
        var id = Guid.NewGuid();

        var outcome = await RunAsync(
            atomic,
            Create("Swim", id),
            PatchOf(id, Patch.Title("Dive")),
            Create("Dive", id),
            Create("Swim", id),
            Delete(id),
            PatchOf(id, Patch.Title("Fly")),
            Create("Dive", id)
        );

        Assert.That(
            Codes(outcome),
            Is.EqualTo(
                atomic
                    ? "Create batch_failed, Patch batch_failed, Create batch_failed, Create precondition_failed, "
                        + "Delete batch_failed, Patch not_found, Create precondition_failed"
                    : "Create ok, Patch ok, Create ok, Create precondition_failed, Delete ok, Patch not_found, "
                        + "Create precondition_failed"
            )
        );
        Assert.That(outcome.Results.Select(result => result.IsNew).Count(isNew => isNew), Is.EqualTo(atomic ? 0 : 1));
        Assert.That(_tasks.Holds(id), Is.EqualTo(!atomic));
        if (!atomic)
        {
            Assert.That((_tasks.Row(id).Title, _tasks.Row(id).DeletedAt is null), Is.EqualTo(("Dive", false)));
        }
    }

    [Test]
    public async Task A_failed_operation_reports_its_error_and_fails_only_an_atomic_batch([Values] bool atomic)
    {
        var done = _tasks.Store("Run", TaskItemStatus.Done);

        var outcome = await RunAsync(
            atomic,
            PatchOf(_task.Id, Patch.Title("Arm day")),
            PatchOf(done.Id, Patch.Status(TaskItemStatus.Cancelled)),
            PatchOf(_task.Id, Patch.Nothing, ifMatch: 99),
            Delete(Guid.NewGuid()),
            Create("Swim")
        );

        var others = atomic ? "batch_failed" : "ok";
        Assert.That(outcome.IsApplied, Is.EqualTo(!atomic));
        Assert.That(
            Codes(outcome),
            Is.EqualTo(
                $"Patch {others}, Patch state_conflict, Patch precondition_failed, Delete not_found, Create {others}"
            )
        );
        Assert.That(outcome.Results[2].Error!.Details!["current"], Is.InstanceOf<TaskDto>());
        Assert.That(_tasks.Row(_task.Id).Title, Is.EqualTo(atomic ? "Leg day" : "Arm day"));
        Assert.That(_tasks.Count, Is.EqualTo(atomic ? 2 : 3));
        Assert.That(_tasks.Saves, Is.EqualTo(atomic ? 0 : 2));
    }

    [Test]
    public async Task Names_the_invalid_operation_by_its_position_in_the_body([Values] bool atomic)
    {
        var outcome = await RunAsync(
            atomic,
            Create("Swim"),
            PatchOf(_task.Id, Patch.Title(" ") with { Labels = new(["a", "a"]) }),
            new TaskOperation(TaskOperationKind.Create, Task: Patch.Nothing)
        );

        var others = atomic ? "batch_failed" : "ok";
        Assert.That(Codes(outcome), Is.EqualTo($"Create {others}, Patch validation_failed, Create validation_failed"));
        Assert.That(
            Fields(outcome),
            Is.EqualTo([
                "operations/1/task/title: required",
                "operations/1/task/labels: duplicate",
                "operations/2/task/title: required",
            ])
        );
    }

    [Test]
    public async Task Names_the_invalid_steps_by_the_position_of_their_operation_in_the_body([Values] bool atomic)
    {
        var outcome = await RunAsync(
            atomic,
            Create("Swim"),
            Create("Run"),
            Delete(_task.Id),
            new TaskOperation(
                TaskOperationKind.Create,
                Task: Patch.Checklist(
                    ("Ab-1", Patch.Step(title: new(" "), position: new("0"))),
                    ("removed", null),
                    ("A b", null)
                ) with
                {
                    Title = new("Dive"),
                    Position = new("0"),
                }
            )
        );

        Assert.That(
            Fields(outcome),
            Is.EqualTo([
                "operations/3/task/position: invalid_format",
                "operations/3/task/checklist/Ab-1/title: required",
                "operations/3/task/checklist/Ab-1/position: invalid_format",
                "operations/3/task/checklist/A b: invalid_format",
                "operations/3/task/checklist/removed/title: required",
                "operations/3/task/checklist/A b/title: required",
            ])
        );
    }

    [Test]
    public async Task Names_the_operation_that_makes_a_checklist_too_long([Values] bool atomic)
    {
        var hundred = Enumerable.Range(1, 100).Select(number => ($"{number}", (ChecklistItemPatch?)Step($"{number}")));

        var outcome = await RunAsync(
            atomic,
            PatchOf(_task.Id, Patch.Checklist([.. hundred])),
            PatchOf(_task.Id, Patch.Checklist(("one-more", Step("One more"))))
        );

        Assert.That(Fields(outcome), Is.EqualTo(["operations/1/task/checklist: too_long"]));
        Assert.That(_tasks.Row(_task.Id).Checklist.Items, Has.Count.EqualTo(atomic ? 0 : 100));
    }

    [Test]
    public async Task In_an_atomic_batch_a_list_that_is_not_allowed_fails_the_operations_that_set_it()
    {
        _tasks.Refusal = TaskErrors.ListNotAllowed;
        var intoList = Patch.Nothing with { ListId = new(Guid.NewGuid()) };
        var live = TaskList.Create(Guid.NewGuid(), _tasks.Id, StoredLists.Fields("Home"), Given.Now);
        _lists.Setup(port => port.ListAsync(_tasks.Id, CancellationToken.None)).ReturnsAsync([live]);

        var outcome = await RunAsync(
            true,
            Create("Swim"),
            PatchOf(_task.Id, intoList),
            PatchOf(_task.Id, Patch.Title("Arm day")),
            PatchOf(_task.Id, Patch.Nothing with { ListId = new(null) }),
            PatchOf(_task.Id, Patch.Nothing with { ListId = new(live.Id) }),
            new TaskOperation(TaskOperationKind.Create, Task: intoList with { Title = new("Run") }),
            Delete(_task.Id) with
            {
                Task = intoList,
            }
        );

        Assert.That(
            Codes(outcome),
            Is.EqualTo(
                "Create batch_failed, Patch validation_failed, Patch batch_failed, Patch batch_failed, Patch batch_failed, "
                    + "Create validation_failed, Delete batch_failed"
            )
        );
        Assert.That(
            Fields(outcome),
            Is.EqualTo(["operations/1/task/listId: not_allowed", "operations/5/task/listId: not_allowed"])
        );
    }

    [Test]
    public async Task A_new_step_needs_a_title_as_in_a_task_of_its_own([Values] bool atomic)
    {
        var task = Patch.Checklist(("a", Patch.Step(done: new(true))), ("b", null), ("c", Step("Pack")));

        var outcome = await RunAsync(
            atomic,
            new TaskOperation(TaskOperationKind.Create, Task: task with { Title = new("Trip") })
        );

        Assert.That(
            Fields(outcome),
            Is.EqualTo([
                "operations/0/task/checklist/a/title: required",
                "operations/0/task/checklist/b/title: required",
            ])
        );
    }

    [Test]
    public async Task Names_the_operation_with_a_list_that_is_not_allowed()
    {
        _tasks.Refusal = TaskErrors.ListNotAllowed;

        var outcome = await RunAsync(
            false,
            Delete(Guid.NewGuid()),
            PatchOf(_task.Id, Patch.Nothing with { ListId = new(Guid.NewGuid()) })
        );

        Assert.That(Codes(outcome), Is.EqualTo("Delete not_found, Patch validation_failed"));
        Assert.That(Fields(outcome), Is.EqualTo(["operations/1/task/listId: not_allowed"]));
    }

    [Test]
    public async Task Neither_finds_the_task_of_another_user_nor_creates_one_under_its_id([Values] bool atomic)
    {
        var foreign = _tasks.Store("Theirs", ownerId: Guid.NewGuid());

        foreach (var operation in new[] { Create("Mine", foreign.Id), PatchOf(foreign.Id, Patch.Title("Mine")) })
        {
            var outcome = await RunAsync(atomic, PatchOf(_task.Id, Patch.Title("Arm day")), operation);

            Assert.That(
                Codes(outcome),
                Is.EqualTo($"Patch {(atomic ? "batch_failed" : "ok")}, {operation.Op} not_found")
            );
        }

        Assert.That(_tasks.Row(foreign.Id).Title, Is.EqualTo("Theirs"));
        Assert.That(_tasks.Row(_task.Id).Title, Is.EqualTo(atomic ? "Leg day" : "Arm day"));
    }

    [Test]
    public async Task A_repeated_create_does_not_undo_later_changes([Values] bool atomic)
    {
        var trashed = _tasks.Store("Run", inTrash: true);

        var outcome = await RunAsync(atomic, Create("Arm day", _task.Id), Create("Run", trashed.Id));

        Assert.That(Codes(outcome), Is.EqualTo("Create precondition_failed, Create precondition_failed"));
        Assert.That(
            outcome
                .Results.Select(result => (TaskDto)result.Error!.Details!["current"])
                .Select(of => of.DeletedAt is null),
            Is.EqualTo([true, false])
        );
        Assert.That(_tasks.Row(_task.Id).Version, Is.EqualTo(_task.Version));
        Assert.That(_tasks.Row(trashed.Id).Version, Is.EqualTo(trashed.Version));
    }

    [Test]
    public async Task Retries_when_a_task_was_changed_meanwhile([Values] bool atomic, [Values] bool isExpected)
    {
        _tasks.BeforeNextSave = () =>
            _tasks.Change(_task.Id, task => task.Edit(task.Fields with { Priority = TaskPriority.Low }, Given.Now));

        var outcome = await RunAsync(
            atomic,
            PatchOf(_task.Id, Patch.Title("Arm day"), ifMatch: isExpected ? _task.Version : null)
        );

        Assert.That(Codes(outcome), Is.EqualTo(isExpected ? "Patch precondition_failed" : "Patch ok"));
        Assert.That(outcome.IsApplied, Is.EqualTo(!(atomic && isExpected)));
        Assert.That(
            _tasks.Row(_task.Id).Fields,
            Is.EqualTo(_task.Fields with { Title = isExpected ? "Leg day" : "Arm day", Priority = TaskPriority.Low })
        );
    }

    [Test]
    public async Task A_create_succeeds_when_its_own_retry_was_faster([Values] bool atomic)
    {
        var id = Guid.NewGuid();
        _tasks.BeforeNextSave = () =>
            _tasks.Write(
                TaskItem.Create(id, _tasks.Id, new TaskInput("Swim").ToFields().Value!, Given.Now.AddSeconds(-1))
            );

        var outcome = await RunAsync(atomic, Create("Swim", id), Create("Run"));

        Assert.That(Codes(outcome), Is.EqualTo("Create ok, Create ok"));
        Assert.That(_tasks.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task Reports_the_stored_task_as_current_without_unsaved_changes_of_the_batch()
    {
        var outcome = await RunAsync(
            true,
            PatchOf(_task.Id, Patch.Title("Arm day")),
            PatchOf(_task.Id, Patch.Nothing, ifMatch: 99)
        );

        var current = (TaskDto)outcome.Results[1].Error!.Details!["current"];
        Assert.That(current.Title, Is.EqualTo("Leg day"));
    }

    private static TaskOperation Create(string title, Guid? id = null) =>
        new(TaskOperationKind.Create, id, Task: Patch.Title(title));

    private static TaskOperation PatchOf(Guid id, TaskPatch patch, long? ifMatch = null) =>
        new(TaskOperationKind.Patch, id, ifMatch, patch);

    private static TaskOperation Delete(Guid id) => new(TaskOperationKind.Delete, id);

    private static string Codes(BatchOutcome outcome) =>
        string.Join(", ", outcome.Results.Select(result => $"{result.Op} {result.Error?.Code ?? "ok"}"));

    private static IEnumerable<string> Fields(BatchOutcome outcome) =>
        outcome
            .Results.SelectMany(result => result.Error?.Fields ?? [])
            .Select(field => $"{string.Join('/', field.Path)}: {field.Code}");

    private static ChecklistItemPatch Step(string title) => Patch.Step(title: new(title));

    private async Task<BatchOutcome> RunAsync(bool atomic, params TaskOperation[] operations)
    {
        var result = await new BatchTasksHandler(
            _tasks,
            new TaskOperations(_tasks, _tasks.Changer, _tasks.Series, _tasks),
            _lists.Object,
            _tasks,
            Given.Mapper,
            _tasks.Clock
        ).Handle(new BatchTasksCommand(operations, atomic), CancellationToken.None);
        return result.Value!;
    }
}
