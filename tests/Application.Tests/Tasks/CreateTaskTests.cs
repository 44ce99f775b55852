using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class CreateTaskTests
{
    private readonly StoredTasks _tasks = new();

    [Test]
    public async Task Stores_the_values_of_the_client_under_an_id_that_sorts_by_time()
    {
        var (dueAt, listId) = (Given.Now.AddHours(-1), Guid.NewGuid());

        var result = await CreateAsync(
            new TaskInput(
                "  Leg day ",
                "Squats",
                TaskItemStatus.InProgress,
                TaskPriority.High,
                dueAt,
                [" gym ", "legs"],
                listId,
                "B"
            )
        );

        var task = result.Value!;
        var row = _tasks.Row(task.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Id.Version, Is.EqualTo(7));
            Assert.That(
                row.Fields,
                Is.EqualTo(
                    new TaskFields(
                        "Leg day",
                        "Squats",
                        TaskItemStatus.InProgress,
                        TaskPriority.High,
                        Due.At(dueAt),
                        ["gym", "legs"]
                    )
                    {
                        ListId = listId,
                        Position = "B",
                    }
                )
            );
            Assert.That(row.OwnerId, Is.EqualTo(_tasks.Id));
            Assert.That((task.CreatedAt, task.UpdatedAt), Is.EqualTo((Given.Now, Given.Now)));
            Assert.That((task.Title, task.IsOverdue, task.Version), Is.EqualTo(("Leg day", true, 1L)));
            Assert.That(task.Labels, Is.EqualTo(["gym", "legs"]));
            Assert.That((task.ListId, task.Position), Is.EqualTo(((Guid?)listId, "B")));
        }
    }

    [Test]
    public async Task Requires_only_a_title()
    {
        var result = await CreateAsync(new TaskInput("Leg day"));

        Assert.That(
            _tasks.Row(result.Value!.Id).Fields,
            Is.EqualTo(
                new TaskFields("Leg day", null, TaskItemStatus.Todo, TaskPriority.Normal, null, [])
                {
                    Position = Positions.Default(1),
                }
            )
        );
    }

    [Test]
    public async Task Stores_the_steps_and_puts_those_without_a_position_at_the_end()
    {
        var result = await CreateAsync(
            new TaskInput(
                "Leg day",
                Checklist: new Dictionary<string, ChecklistItemInput>
                {
                    ["first"] = new(" \u202ASquats\u202C ", true, "B"),
                    ["third"] = new("Calves"),
                    ["second"] = new("Lunges", Position: "BV"),
                    ["last"] = new("Stretch"),
                }
            )
        );

        Assert.That(
            _tasks.Row(result.Value!.Id).Checklist.Items,
            Is.EqualTo([
                new ChecklistItem("first", "Squats", true, "B"),
                new ChecklistItem("third", "Calves", false, "B0000001"),
                new ChecklistItem("second", "Lunges", false, "BV"),
                new ChecklistItem("last", "Stretch", false, "BV000001"),
            ])
        );
        Assert.That(result.Value.Checklist["first"], Is.EqualTo(new ChecklistItemDto("Squats", true, "B")));
    }

    [Test]
    public async Task Refuses_a_list_that_is_none_of_the_users()
    {
        _tasks.Refusal = TaskErrors.ListNotAllowed;

        var result = await CreateAsync(new TaskInput("Leg day", ListId: Guid.NewGuid()));

        Assert.That(result.Error, Is.EqualTo(TaskErrors.ListNotAllowed));
    }

    [Test]
    public async Task A_new_task_may_already_be_done()
    {
        var result = await CreateAsync(new TaskInput("Leg day", Status: TaskItemStatus.Done));

        Assert.That(result.Value?.CompletedAt, Is.EqualTo(Given.Now));
    }

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Titles))]
    public void Checks_the_title(string? title, string error) =>
        Assert.That(Errors(new TaskInput(title!)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Descriptions))]
    public void Checks_the_description(string? description, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", description)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Labels))]
    public void Checks_the_labels(string[]? labels, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", Labels: labels)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Positions))]
    public void Checks_the_position(string? position, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", Position: position)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Dues))]
    public void Checks_the_due(string? date, string? time, string? timeZone, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", Due: new DueInput(date!, time, timeZone))), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Reminders))]
    public void Checks_the_reminders(int[]? reminders, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", Reminders: reminders)), Is.EqualTo(error));

    [Test]
    public void Refuses_a_due_and_its_moment_together() =>
        Assert.That(
            Errors(new TaskInput("Leg day", DueAt: Given.Now, Due: new DueInput("2026-12-01"))),
            Is.EqualTo("dueAt: not_allowed")
        );

    [Test]
    public async Task Stores_the_due_as_it_is_said_and_the_reminders()
    {
        var result = await CreateAsync(
            new TaskInput("Leg day", Due: new DueInput("2026-12-01", "18:00", "Europe/Berlin"), Reminders: [30, 0])
        );

        var task = result.Value!;
        Assert.That(task.Due, Is.EqualTo(new DueDto("2026-12-01", "18:00", "Europe/Berlin")));
        Assert.That(task.DueAt, Is.EqualTo(new DateTimeOffset(2026, 12, 1, 17, 0, 0, TimeSpan.Zero)));
        Assert.That(task.Reminders, Is.EqualTo((int[])[30, 0]));
        Assert.That(
            _tasks.Row(task.Id).Due,
            Is.EqualTo(new Due(new DateOnly(2026, 12, 1), new TimeOnly(18, 0), "Europe/Berlin"))
        );
    }

    [Test]
    public void Leaves_it_to_the_save_whose_list_it_is() =>
        Assert.That(Errors(new TaskInput("Leg day", ListId: Guid.Empty)), Is.Empty);

    [Test]
    public void Names_every_invalid_value_by_its_position_in_the_body() =>
        Assert.That(
            Errors(new TaskInput("", "\0", Labels: ["a", "a"])),
            Is.EqualTo("title: required, description: invalid_format, labels: duplicate")
        );

    private static string Errors(TaskInput body) => new CreateTaskValidator().ErrorTextOf(new CreateTaskCommand(body));

    private Task<Result<TaskDto>> CreateAsync(TaskInput body) =>
        new CreateTaskHandler(_tasks, _tasks, _tasks.Series, _tasks, Given.Mapper, _tasks.Clock).Handle(
            new CreateTaskCommand(body),
            CancellationToken.None
        );
}
