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
        var dueAt = Given.Now.AddHours(-1);

        var result = await CreateAsync(
            new TaskInput(
                "  Leg day ",
                "Squats",
                TaskItemStatus.InProgress,
                TaskPriority.High,
                dueAt,
                [" gym ", "legs"]
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
                        dueAt,
                        ["gym", "legs"]
                    )
                )
            );
            Assert.That(row.OwnerId, Is.EqualTo(_tasks.Id));
            Assert.That((task.CreatedAt, task.UpdatedAt), Is.EqualTo((Given.Now, Given.Now)));
            Assert.That((task.Title, task.IsOverdue, task.Version), Is.EqualTo(("Leg day", true, 1L)));
            Assert.That(task.Labels, Is.EqualTo(["gym", "legs"]));
        }
    }

    [Test]
    public async Task Requires_only_a_title()
    {
        var result = await CreateAsync(new TaskInput("Leg day"));

        Assert.That(
            _tasks.Row(result.Value!.Id).Fields,
            Is.EqualTo(new TaskFields("Leg day", null, TaskItemStatus.Todo, TaskPriority.Normal, null, []))
        );
    }

    [Test]
    public async Task A_new_task_may_already_be_done()
    {
        var result = await CreateAsync(new TaskInput("Leg day", Status: TaskItemStatus.Done));

        Assert.That(result.Value?.CompletedAt, Is.EqualTo(Given.Now));
    }

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Titles))]
    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.NoTitles))]
    public void Checks_the_title(string? title, string error) =>
        Assert.That(Errors(new TaskInput(title!)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Descriptions))]
    public void Checks_the_description(string? description, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", description)), Is.EqualTo(error));

    [TestCaseSource(typeof(TaskShapes), nameof(TaskShapes.Labels))]
    public void Checks_the_labels(string[]? labels, string error) =>
        Assert.That(Errors(new TaskInput("Leg day", Labels: labels)), Is.EqualTo(error));

    [Test]
    public void Names_every_invalid_value_by_its_position_in_the_body() =>
        Assert.That(
            Errors(new TaskInput("", "\0", Labels: ["a", "a"])),
            Is.EqualTo("title: required, description: invalid_format, labels: duplicate")
        );

    private static string Errors(TaskInput body) => new CreateTaskValidator().ErrorTextOf(new CreateTaskCommand(body));

    private Task<Result<TaskDto>> CreateAsync(TaskInput body) =>
        new CreateTaskHandler(_tasks, _tasks, _tasks, Given.Mapper, _tasks.Clock).Handle(
            new CreateTaskCommand(body),
            CancellationToken.None
        );
}
