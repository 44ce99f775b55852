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
    public async Task Changes_what_the_patch_says_and_nothing_else()
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
    public async Task A_patch_that_changes_nothing_keeps_version_and_time(string? title)
    {
        var result = await PatchAsync(title is null ? Patch.Nothing : Patch.Title(title));

        Assert.That((result.Value?.Version, result.Value?.UpdatedAt), Is.EqualTo((_task.Version, _task.UpdatedAt)));
    }

    [Test]
    public async Task Without_a_precondition_both_of_two_concurrent_patches_apply()
    {
        _tasks.Meanwhile = () =>
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
    public async Task With_a_precondition_the_later_of_two_patches_sees_the_task_as_it_is(bool isInTheMiddle)
    {
        void Change() => _tasks.Change(_task.Id, task => task.Edit(StoredTasks.Fields("Run"), Given.Now));
        if (isInTheMiddle)
        {
            _tasks.Meanwhile = Change;
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
    public async Task Changes_a_task_in_the_expected_version()
    {
        var result = await PatchAsync(Patch.Title("Arm day"), new Precondition(new NamedVersions([_task.Version])));

        Assert.That(result.Value?.Title, Is.EqualTo("Arm day"));
    }

    [Test]
    public async Task Finds_no_task_that_is_foreign_unknown_or_in_the_trash()
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
    public async Task Finds_nothing_when_the_task_is_put_into_the_trash_meanwhile()
    {
        _tasks.Meanwhile = () => _tasks.Change(_task.Id, task => task.Trash(Given.Now));

        var result = await PatchAsync(Patch.Title("Arm day"));

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
    }

    [Test]
    public async Task Cannot_move_where_the_status_does_not_allow_it_and_then_changes_nothing()
    {
        var done = _tasks.Store("Run", TaskItemStatus.Done);

        var result = await PatchAsync(Patch.Title("Ran") with { Status = new(TaskItemStatus.Cancelled) }, id: done.Id);

        Assert.That(result.Error, Is.EqualTo(TaskErrors.StateConflict));
        Assert.That(_tasks.Row(done.Id).Title, Is.EqualTo("Run"));
    }

    private Task<Result<TaskDto>> PatchAsync(TaskPatch patch, Precondition? precondition = null, Guid? id = null) =>
        new PatchTaskHandler(_tasks.Changer).Handle(
            new PatchTaskCommand(id ?? _task.Id, patch, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
