using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class GetTaskTests
{
    private readonly StoredTasks _tasks = new();

    [TestCase(0, false)]
    [TestCase(2, true)]
    public async Task Returns_the_task_and_whether_it_is_overdue_now(int days, bool isOverdue)
    {
        var task = _tasks.Store("Leg day");
        _tasks.Clock.AdjustTime(Given.Now.AddDays(days));

        var result = await GetAsync(task.Id);

        var expected = new TaskDto(
            task.Id,
            task.Title,
            task.Description,
            task.Status,
            task.Priority,
            result.Value!.Due,
            task.DueAt,
            task.Reminders,
            null,
            null,
            null,
            task.Labels,
            null,
            task.Position,
            result.Value.Checklist,
            task.CreatedAt,
            task.UpdatedAt,
            null,
            null,
            task.Version
        )
        {
            IsOverdue = isOverdue,
        };
        Assert.That(result.Value?.Labels, Is.EqualTo(task.Labels));
        Assert.That(result.Value! with { Labels = expected.Labels }, Is.EqualTo(expected));
    }

    [Test]
    public async Task Shows_the_list_the_place_and_the_steps_in_their_order()
    {
        var task = _tasks.Store("Leg day");
        var listId = Guid.NewGuid();
        _tasks.Change(
            task.Id,
            stored =>
                stored.Edit(
                    stored.Fields with
                    {
                        ListId = listId,
                        Position = "b",
                        Checklist = new([
                            new ChecklistItem("a", "Lunges", false, "C"),
                            new ChecklistItem("b", "Squats", true, "B"),
                        ]),
                    },
                    Given.Now
                )
        );

        var result = await GetAsync(task.Id);

        Assert.That((result.Value?.ListId, result.Value?.Position), Is.EqualTo(((Guid?)listId, "b")));
        Assert.That(
            result.Value?.Checklist,
            Is.EqualTo(
                new[]
                {
                    KeyValuePair.Create("b", new ChecklistItemDto("Squats", true, "B")),
                    KeyValuePair.Create("a", new ChecklistItemDto("Lunges", false, "C")),
                }
            )
        );
    }

    [Test]
    public async Task Does_not_find_a_task_that_is_unknown_in_the_trash_or_of_another_user()
    {
        var foreign = _tasks.Store("Theirs", ownerId: Guid.NewGuid());
        var trashed = _tasks.Store("Gone", inTrash: true);

        foreach (var id in new[] { foreign.Id, trashed.Id, Guid.NewGuid() })
        {
            var result = await GetAsync(id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }
    }

    private Task<Result<TaskDto>> GetAsync(Guid id) =>
        new GetTaskHandler(_tasks, _tasks, Given.Mapper, _tasks.Clock).Handle(
            new GetTaskQuery(id),
            CancellationToken.None
        );
}
