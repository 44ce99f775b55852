using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class ReplaceTaskTests
{
    private static readonly TaskInput Body = new(
        "Arm day",
        Labels: ["arms"],
        Checklist: new Dictionary<string, ChecklistItemInput> { ["a"] = new("Curls"), ["b"] = new("Dips") }
    );
    private static readonly Precondition OnlyNew = new(IfNoneMatch: NamedVersions.Any);

    private readonly StoredTasks _tasks = new();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Creates_the_task_under_the_id_chosen_by_the_client(bool onlyNew)
    {
        var id = Guid.NewGuid();

        var result = await ReplaceAsync(id, onlyNew ? OnlyNew : Precondition.None);

        Assert.That(result.Value?.IsNew, Is.True);
        Assert.That((result.Value!.Item.Id, result.Value.Item.Version), Is.EqualTo((id, 1)));
        Assert.That((_tasks.Row(id).OwnerId, _tasks.Row(id).Title), Is.EqualTo((_tasks.Id, "Arm day")));
    }

    [Test]
    public async Task Replaces_the_task_as_a_whole()
    {
        var task = _tasks.Store("Leg day");

        var result = await ReplaceAsync(task.Id, new Precondition(new NamedVersions([7, task.Version])));

        Assert.That(result.Value?.IsNew, Is.False);
        Assert.That(result.Value!.Item.Version, Is.EqualTo(task.Version + 1));
        Assert.That(
            _tasks.Row(task.Id).Fields,
            Is.EqualTo(
                new TaskFields("Arm day", null, TaskItemStatus.Todo, TaskPriority.Normal, null, ["arms"])
                {
                    Position = Positions.Default(task.CreatedVersion),
                    Checklist = Body.ToFields().Value!.Checklist,
                }
            )
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_retry_changes_nothing(bool onlyNew)
    {
        var id = Guid.NewGuid();
        var precondition = onlyNew ? OnlyNew : Precondition.None;
        var first = await ReplaceAsync(id, precondition);
        _tasks.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = await ReplaceAsync(id, precondition);

        Assert.That(second.Value?.IsNew, Is.False);
        Assert.That(
            (second.Value!.Item.Version, second.Value.Item.UpdatedAt),
            Is.EqualTo((first.Value!.Item.Version, first.Value.Item.UpdatedAt))
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Finds_the_task_that_a_retry_has_created_meanwhile(bool onlyNew)
    {
        var retried = TaskItem.Create(Guid.NewGuid(), _tasks.Id, Body.ToFields().Value!, Given.Now);
        _tasks.BeforeNextSave = () => _tasks.Write(retried);

        var result = await ReplaceAsync(retried.Id, onlyNew ? OnlyNew : Precondition.None);

        Assert.That(result.Value?.IsNew, Is.False);
        Assert.That(_tasks.Row(retried.Id).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Restores_the_task_from_the_trash()
    {
        var task = _tasks.Store("Leg day", inTrash: true);

        var result = await ReplaceAsync(task.Id);

        Assert.That((result.Value?.IsNew, result.Value?.Item.Title), Is.EqualTo((false, "Arm day")));
        Assert.That(_tasks.Row(task.Id).DeletedAt, Is.Null);
    }

    [TestCase(false, "Leg day")]
    [TestCase(true, "Leg day")]
    [TestCase(true, "Arm day")]
    public async Task Only_creates_when_requested_even_if_the_task_is_in_the_trash(bool inTrash, string title)
    {
        var task = _tasks.Store(title, inTrash: inTrash);

        var result = await ReplaceAsync(
            task.Id,
            OnlyNew,
            title == "Arm day" ? Body with { Labels = task.Labels, DueAt = task.DueAt } : Body
        );

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        var current = (TaskDto)result.Error!.Details!["current"];
        Assert.That((current.Title, current.DeletedAt), Is.EqualTo((title, task.DeletedAt)));
        Assert.That(_tasks.Row(task.Id).Version, Is.EqualTo(task.Version));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Fails_with_not_found_for_the_id_of_another_user_and_changes_nothing(bool onlyNew)
    {
        var foreign = _tasks.Store("Theirs", ownerId: Guid.NewGuid());

        var result = await ReplaceAsync(foreign.Id, onlyNew ? OnlyNew : Precondition.None);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That((_tasks.Row(foreign.Id).Title, _tasks.Count), Is.EqualTo(("Theirs", 1)));
    }

    [Test]
    public async Task Creates_nothing_when_a_version_is_expected()
    {
        var result = await ReplaceAsync(Guid.NewGuid(), new Precondition(new NamedVersions([1])));

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(_tasks.Count, Is.Zero);
    }

    [Test]
    public async Task Returns_the_current_task_when_the_version_is_stale()
    {
        var task = _tasks.Store("Leg day");
        _tasks.Change(task.Id, changed => changed.Edit(StoredTasks.Fields("Run"), Given.Now));

        var result = await ReplaceAsync(task.Id, new Precondition(new NamedVersions([task.Version])));

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        Assert.That(((TaskDto)result.Error!.Details!["current"]).Title, Is.EqualTo("Run"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Refuses_a_forbidden_status_change(bool inTrash)
    {
        var task = _tasks.Store("Leg day", TaskItemStatus.Cancelled, inTrash);

        var result = await ReplaceAsync(task.Id, body: Body with { Status = TaskItemStatus.Done });

        Assert.That(result.Error, Is.EqualTo(TaskErrors.StateConflict));
        Assert.That(_tasks.Row(task.Id).Version, Is.EqualTo(task.Version));
    }

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Titles))]
    public void Validates_the_body_like_that_of_a_new_task(string? title, string error) =>
        Assert.That(
            new ReplaceTaskValidator().ErrorTextOf(
                new ReplaceTaskCommand(Guid.NewGuid(), new TaskInput(title!), Precondition.None)
            ),
            Is.EqualTo(error)
        );

    private Task<Result<Replaced<TaskDto>>> ReplaceAsync(
        Guid id,
        Precondition? precondition = null,
        TaskInput? body = null
    ) =>
        new ReplaceTaskHandler(_tasks, _tasks.Series, _tasks.Changer).Handle(
            new ReplaceTaskCommand(id, body ?? Body, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
