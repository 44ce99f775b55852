using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class DeleteTaskTests
{
    private readonly StoredTasks _tasks = new();
    private readonly TaskItem _task;

    public DeleteTaskTests() => _task = _tasks.Store("Leg day");

    [TestCase(false)]
    [TestCase(true)]
    public async Task Moves_the_task_to_the_trash(bool expectsVersion)
    {
        var result = await DeleteAsync(
            _task.Id,
            expectsVersion ? new Precondition(new NamedVersions([_task.Version])) : Precondition.None
        );

        var row = _tasks.Row(_task.Id);
        Assert.That(result.IsSuccess, Is.True);
        Assert.That((row.DeletedAt, row.Version), Is.EqualTo(((DateTimeOffset?)Given.Now, _task.Version + 1)));
    }

    [Test]
    public async Task Deletes_a_task_that_was_changed_meanwhile_when_no_version_is_expected()
    {
        _tasks.BeforeNextSave = () => _tasks.Change(_task.Id, task => task.Edit(StoredTasks.Fields("Run"), Given.Now));

        var result = await DeleteAsync(_task.Id);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That((_tasks.Row(_task.Id).Title, _tasks.Row(_task.Id).DeletedAt), Is.EqualTo(("Run", Given.Now)));
    }

    [Test]
    public async Task Does_not_find_a_task_that_is_unknown_in_the_trash_or_of_another_user()
    {
        var foreign = _tasks.Store("Theirs", ownerId: Guid.NewGuid());
        var trashed = _tasks.Store("Gone", inTrash: true);

        foreach (var id in new[] { foreign.Id, trashed.Id, Guid.NewGuid() })
        {
            var result = await DeleteAsync(id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That((_tasks.Row(foreign.Id).DeletedAt, _tasks.Saves), Is.EqualTo(((DateTimeOffset?)null, 0)));
    }

    [Test]
    public async Task Returns_the_current_task_when_the_version_is_stale()
    {
        var result = await DeleteAsync(_task.Id, new Precondition(new NamedVersions([_task.Version + 1])));

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        Assert.That(((TaskDto)result.Error!.Details!["current"]).Version, Is.EqualTo(_task.Version));
        Assert.That(_tasks.Row(_task.Id).DeletedAt, Is.Null);
    }

    private Task<Result> DeleteAsync(Guid id, Precondition? precondition = null) =>
        new DeleteTaskHandler(_tasks.Changer).Handle(
            new DeleteTaskCommand(id, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
