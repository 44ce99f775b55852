using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Moq;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class ListTasksTests
{
    private static readonly ListTasksQuery Everything = new([], [], [], null, null, null, null, null, 50, null);

    private readonly Mock<ITaskRepository> _tasks = new(MockBehavior.Strict);
    private readonly StoredTasks _stored = new();
    private TaskFilter? _filter;

    [Test]
    public async Task Returns_the_page()
    {
        TaskItem[] tasks = [_stored.Store("Leg day"), _stored.Store("Run")];
        _stored.Clock.AdjustTime(Given.Now.AddDays(2));

        var result = await ListAsync(Everything, new Page<TaskItem>(tasks, "next"));

        Assert.That(
            result.Value?.Items.Select(task => (task.Id, task.IsOverdue)),
            Is.EqualTo(tasks.Select(task => (task.Id, true)))
        );
        Assert.That(result.Value?.NextCursor, Is.EqualTo("next"));
    }

    [Test]
    public async Task Requests_all_tasks_latest_first_by_default()
    {
        await ListAsync(Everything, new Page<TaskItem>([], null));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_filter!.Statuses, Is.Empty);
            Assert.That(_filter.Priorities, Is.Empty);
            Assert.That(_filter.Labels, Is.Empty);
            Assert.That(_filter.DueBefore ?? _filter.DueAfter, Is.Null);
            Assert.That(_filter.IsOverdue, Is.Null);
            Assert.That(_filter.Words, Is.Empty);
            Assert.That(_filter.List, Is.Null);
            Assert.That(_filter.InTrash, Is.False);
            Assert.That(_filter.OverdueAt, Is.EqualTo(Given.Now));
            Assert.That(_filter.Sort, Is.EqualTo(new TaskSort(TaskSortKey.CreatedAt, true)));
        }
    }

    [Test]
    public async Task Passes_the_filters_of_the_client_to_the_repository()
    {
        await ListAsync(
            new ListTasksQuery(
                ["todo", "inProgress"],
                ["urgent"],
                [" gym ", "Gym", "Straße"],
                "2026-03-15T01:00:00.1239+02:00",
                "2026-03-14T00:00:00Z",
                true,
                " Squats\u00A0éclairs squats\u202C",
                "-dueAt",
                7,
                "from here"
            ),
            new Page<TaskItem>([], null),
            new PageRequest(7, "from here")
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_filter!.Statuses, Is.EqualTo([TaskItemStatus.Todo, TaskItemStatus.InProgress]));
            Assert.That(_filter.Priorities, Is.EqualTo([TaskPriority.Urgent]));
            Assert.That(_filter.Labels, Is.EqualTo(["GYM", "STRASSE"]));
            Assert.That(
                _filter.DueBefore,
                Is.EqualTo(new DateTimeOffset(2026, 3, 14, 23, 0, 0, 123, TimeSpan.Zero)),
                "cut to milliseconds"
            );
            Assert.That(_filter.DueBefore?.Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(_filter.DueAfter, Is.EqualTo(new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero)));
            Assert.That(_filter.IsOverdue, Is.True);
            Assert.That(_filter.Words, Is.EqualTo(["SQUATS", "ECLAIRS"]));
            Assert.That(_filter.Sort, Is.EqualTo(new TaskSort(TaskSortKey.DueAt, true)));
        }
    }

    [TestCase("inbox", null)]
    [TestCase("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    public async Task Passes_the_list_or_the_inbox_to_the_repository(string list, string? id)
    {
        await ListAsync(Everything with { List = list }, new Page<TaskItem>([], null));

        Assert.That(_filter!.List, Is.EqualTo(new ListFilter(id is null ? null : Guid.Parse(id))));
    }

    [Test]
    public async Task Refuses_the_cursor_of_another_list()
    {
        var result = await ListAsync(Everything, CommonErrors.InvalidCursor);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [TestCase("createdAt", TaskSortKey.CreatedAt)]
    [TestCase("updatedAt", TaskSortKey.UpdatedAt)]
    [TestCase("dueAt", TaskSortKey.DueAt)]
    [TestCase("priority", TaskSortKey.Priority)]
    [TestCase("title", TaskSortKey.Title)]
    [TestCase("position", TaskSortKey.Position)]
    public async Task Sorts_in_both_directions(string name, TaskSortKey key)
    {
        foreach (var isDescending in new[] { false, true })
        {
            var query = Everything with { Sort = (isDescending ? "-" : "") + name };

            await ListAsync(query, new Page<TaskItem>([], null));

            Assert.That(new ListTasksValidator().ErrorTextOf(query), Is.Empty);
            Assert.That(_filter!.Sort, Is.EqualTo(new TaskSort(key, isDescending)));
        }
    }

    private Task<Result<PageDto<TaskDto>>> ListAsync(
        ListTasksQuery query,
        Result<Page<TaskItem>> page,
        PageRequest? request = null
    )
    {
        _tasks
            .Setup(port =>
                port.ListAsync(
                    _stored.Id,
                    It.IsAny<TaskFilter>(),
                    request ?? new PageRequest(50, null),
                    CancellationToken.None
                )
            )
            .Callback((Guid _, TaskFilter filter, PageRequest _, CancellationToken _) => _filter = filter)
            .ReturnsAsync(page);
        return new ListTasksHandler(_stored, _tasks.Object, Given.Mapper, _stored.Clock).Handle(
            query,
            CancellationToken.None
        );
    }
}
