using System.Reflection;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class PagesTests
{
    private const string List = "GET /api/v1/tasks";
    private const string EmptyPage = """{"items":[],"nextCursor":"made-up"}""";

    [Test]
    public async Task All_tasks_that_meet_the_conditions_are_read_page_by_page_while_they_are_used()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        for (var part = 0; part < 3; part++)
        {
            await device.Api.Tasks.BatchAsync(new() { Operations = [.. Enumerable.Range(0, 100).Select(NewTask)] });
        }

        await device.Api.Tasks.CreateAsync(new() { Title = "Done", Status = TaskItemStatus.Done });

        var first = await device.Session.TasksAsync().Take(200).ToListAsync();
        Assert.That(device.Line.Count(List), Is.EqualTo(1));
        var open = await device.Session.TasksAsync(status: ["todo"], sort: "title").ToListAsync();
        Assert.That(device.Line.Count(List), Is.EqualTo(3));

        Assert.That(first.Select(task => task.Id).Distinct().Count(), Is.EqualTo(200));
        Assert.That(open.Select(task => task.Id).Distinct().Count(), Is.EqualTo(300));
        Assert.That(open.Select(task => task.Status), Is.All.EqualTo(TaskItemStatus.Todo));
        Assert.That(open.Select(task => task.Title), Is.Ordered);
    }

    [Test]
    public async Task A_page_without_items_is_not_the_end()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        await device.Api.Tasks.CreateAsync(new() { Title = "Behind 5000 others" });
        var pages = 0;
        device.Line.Before = _ => ++pages == 1 ? Line.Answer(200, "application/json", EmptyPage) : null;
        // The server refuses the made-up cursor, so that the second page was asked for.
        Assert.That(
            async () => await device.Api.Tasks.AllAsync(q: "others").ToListAsync(),
            Throws.TypeOf<FitnessifyException>().With.Property("Code").EqualTo(ErrorCode.InvalidCursor)
        );
        Assert.That(pages, Is.EqualTo(2));
    }

    [Test]
    public async Task A_canceled_loop_ends_before_the_next_page()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        await device.Api.Tasks.CreateAsync(new() { Title = "Only one" });
        using var cancelling = new CancellationTokenSource();
        device.Line.Before = _ => Line.Answer(200, "application/json", EmptyPage);
        cancelling.CancelAfter(TimeSpan.FromMilliseconds(100));
        Assert.That(
            async () => await device.Session.TasksAsync().ToListAsync(cancelling.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void Every_list_with_pages_can_be_read_as_a_whole()
    {
        var methods = typeof(FitnessifyApi)
            .GetProperties()
            .SelectMany(group => group.PropertyType.GetMethods())
            .ToList();
        var paged = methods.Where(method => method.GetParameters().Any(parameter => parameter.Name == "cursor"));
        Assert.That(
            methods.Where(IsIterator).Select(NameOf),
            Is.EquivalentTo(paged.Select(method => NameOf(method).Replace("List", "All", StringComparison.Ordinal)))
        );
        Assert.That(methods.Count(IsIterator), Is.EqualTo(6));
    }

    private static bool IsIterator(MethodInfo method) =>
        method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static TaskOperation NewTask(int number) =>
        new()
        {
            Op = TaskOperationKind.Create,
            Task = new() { Title = $"Task {number:000}" },
        };
}
