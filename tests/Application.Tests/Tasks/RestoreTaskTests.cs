using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class RestoreTaskTests
{
    private readonly StoredTasks _tasks = new();

    [Test]
    public async Task Restores_the_task_unchanged()
    {
        var task = _tasks.Store("Leg day", inTrash: true);

        var result = await RestoreAsync(task.Id);

        var row = _tasks.Row(task.Id);
        Assert.That((result.Value?.Title, result.Value?.Version), Is.EqualTo(("Leg day", task.Version + 1)));
        Assert.That((row.DeletedAt, row.UpdatedAt), Is.EqualTo(((DateTimeOffset?)null, Given.Now)));
        Assert.That(row.Fields, Is.EqualTo(task.Fields));
    }

    [Test]
    public async Task Keeps_version_and_time_of_a_task_that_is_not_in_the_trash()
    {
        var task = _tasks.Store("Leg day");

        var result = await RestoreAsync(task.Id);

        Assert.That((result.Value?.Version, result.Value?.UpdatedAt), Is.EqualTo((task.Version, task.UpdatedAt)));
    }

    [Test]
    public async Task Does_not_find_a_task_that_is_unknown_or_of_another_user()
    {
        var foreign = _tasks.Store("Theirs", inTrash: true, ownerId: Guid.NewGuid());

        foreach (var id in new[] { foreign.Id, Guid.NewGuid() })
        {
            var result = await RestoreAsync(id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That(_tasks.Row(foreign.Id).DeletedAt, Is.Not.Null);
    }

    private Task<Result<TaskDto>> RestoreAsync(Guid id) =>
        new RestoreTaskHandler(_tasks.Changer).Handle(
            new RestoreTaskCommand(id, Precondition.None),
            CancellationToken.None
        );
}
