using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class PatchTaskTests
{
    private readonly StoredTasks _tasks = new();
    private readonly TaskItem _task;

    public PatchTaskTests() => _task = _tasks.Store("Leg day");

    [Test]
    public async Task Changes_only_the_members_in_the_patch()
    {
        var result = await PatchAsync(Patch.Status(TaskItemStatus.Done));

        Assert.That(_tasks.Row(_task.Id).Fields, Is.EqualTo(_task.Fields with { Status = TaskItemStatus.Done }));
        Assert.That(
            (result.Value?.Status, result.Value?.CompletedAt, result.Value?.UpdatedAt, result.Value?.Version),
            Is.EqualTo((TaskItemStatus.Done, Given.Now, Given.Now, _task.Version + 1))
        );
    }

    [TestCase(null)]
    [TestCase("Leg day")]
    [TestCase("  Leg day ")]
    public async Task A_patch_without_changes_keeps_version_and_time(string? title)
    {
        var result = await PatchAsync(title is null ? Patch.Nothing : Patch.Title(title));

        Assert.That((result.Value?.Version, result.Value?.UpdatedAt), Is.EqualTo((_task.Version, _task.UpdatedAt)));
    }

    [Test]
    public async Task Two_concurrent_patches_without_a_precondition_both_apply()
    {
        _tasks.BeforeNextSave = () =>
            _tasks.Change(_task.Id, task => task.Edit(task.Fields with { Priority = TaskPriority.Low }, Given.Now));

        var result = await PatchAsync(Patch.Title("Arm day"));

        Assert.That((result.Value?.Title, result.Value?.Priority), Is.EqualTo(("Arm day", TaskPriority.Low)));
        Assert.That(
            _tasks.Row(_task.Id).Fields,
            Is.EqualTo(_task.Fields with { Title = "Arm day", Priority = TaskPriority.Low })
        );
        Assert.That(result.Value!.Version, Is.EqualTo(_task.Version + 2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task With_a_precondition_the_later_of_two_patches_gets_the_current_task(bool isInTheMiddle)
    {
        void Change() => _tasks.Change(_task.Id, task => task.Edit(StoredTasks.Fields("Run"), Given.Now));
        if (isInTheMiddle)
        {
            _tasks.BeforeNextSave = Change;
        }
        else
        {
            Change();
        }

        var result = await PatchAsync(Patch.Title("Arm day"), new Precondition(new NamedVersions([_task.Version])));

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        var current = (TaskDto)result.Error!.Details!["current"];
        Assert.That((current.Title, current.Version), Is.EqualTo(("Run", _task.Version + 1)));
        Assert.That(_tasks.Row(_task.Id).Title, Is.EqualTo("Run"));
    }

    [Test]
    public async Task Changes_a_task_that_has_the_expected_version()
    {
        var result = await PatchAsync(Patch.Title("Arm day"), new Precondition(new NamedVersions([_task.Version])));

        Assert.That(result.Value?.Title, Is.EqualTo("Arm day"));
    }

    [Test]
    public async Task Does_not_find_a_task_that_is_unknown_in_the_trash_or_of_another_user()
    {
        var foreign = _tasks.Store("Theirs", ownerId: Guid.NewGuid());
        var trashed = _tasks.Store("Gone", inTrash: true);

        foreach (var id in new[] { foreign.Id, trashed.Id, Guid.NewGuid() })
        {
            var result = await PatchAsync(Patch.Title("Mine"), new Precondition(new NamedVersions([99])), id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That((_tasks.Row(foreign.Id).Title, _tasks.Saves), Is.EqualTo(("Theirs", 0)));
    }

    [Test]
    public async Task Fails_with_not_found_when_the_task_is_moved_to_the_trash_meanwhile()
    {
        _tasks.BeforeNextSave = () => _tasks.Change(_task.Id, task => task.Trash(Given.Now));

        var result = await PatchAsync(Patch.Title("Arm day"));

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
    }

    [Test]
    public async Task Refuses_a_forbidden_status_change_and_changes_nothing()
    {
        var done = _tasks.Store("Run", TaskItemStatus.Done);

        var result = await PatchAsync(Patch.Title("Ran") with { Status = new(TaskItemStatus.Cancelled) }, id: done.Id);

        Assert.That(result.Error, Is.EqualTo(TaskErrors.StateConflict));
        Assert.That(_tasks.Row(done.Id).Title, Is.EqualTo("Run"));
    }

    [Test]
    public async Task Two_devices_change_different_steps_at_once()
    {
        await PatchAsync(Patch.Checklist(("a", Step("Squats")), ("b", Step("Lunges"))));
        _tasks.BeforeNextSave = () =>
            _tasks.Change(
                _task.Id,
                task => task.Edit(Patch.Checklist(("a", null)).ApplyTo(task.Fields).Value!, Given.Now)
            );

        var result = await PatchAsync(Patch.Checklist(("b", Patch.Step(done: new(true)))));

        Assert.That(result.Value?.Checklist.Keys, Is.EqualTo(["b"]));
        Assert.That(result.Value?.Checklist["b"].Done, Is.True);
    }

    [Test]
    public async Task Refuses_a_step_too_many_and_changes_nothing()
    {
        var hundred = Enumerable.Range(1, 100).Select(number => ($"{number}", (ChecklistItemPatch?)Step($"{number}")));
        await PatchAsync(Patch.Checklist([.. hundred]));

        var result = await PatchAsync(Patch.Checklist(("one-more", Step("One more"))) with { Title = new("Arm day") });

        Assert.That(result.Error, Is.EqualTo(TaskErrors.ChecklistTooLong));
        Assert.That(
            (_tasks.Row(_task.Id).Title, _tasks.Row(_task.Id).Checklist.Items.Count),
            Is.EqualTo(("Leg day", 100))
        );
    }

    private static ChecklistItemPatch Step(string title) => Patch.Step(title: new(title));

    private Task<Result<TaskDto>> PatchAsync(TaskPatch patch, Precondition? precondition = null, Guid? id = null) =>
        new PatchTaskHandler(_tasks.Changer).Handle(
            new PatchTaskCommand(id ?? _task.Id, patch, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
