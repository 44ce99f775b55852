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
    public async Task Puts_the_task_into_the_trash(bool expectsVersion)
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
    public async Task Deletes_what_was_changed_meanwhile_when_no_version_is_expected()
    {
        _tasks.Meanwhile = () => _tasks.Change(_task.Id, task => task.Edit(StoredTasks.Fields("Run"), Given.Now));

        var result = await DeleteAsync(_task.Id);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That((_tasks.Row(_task.Id).Title, _tasks.Row(_task.Id).DeletedAt), Is.EqualTo(("Run", Given.Now)));
    }

    [Test]
    public async Task Finds_no_task_that_is_foreign_unknown_or_in_the_trash()
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
    public async Task Shows_the_task_as_it_is_when_the_version_is_stale()
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
