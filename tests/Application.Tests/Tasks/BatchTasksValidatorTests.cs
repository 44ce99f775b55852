using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class BatchTasksValidatorTests
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly TaskOperation Right = new(TaskOperationKind.Delete, Id);

    private static readonly TestCaseData[] Operations =
    [
        Case("create without an id", new(TaskOperationKind.Create, Task: Patch.Title("Run")), ""),
        Case("create with an id", new(TaskOperationKind.Create, Id, Task: Patch.Title("Run")), ""),
        Case("create without a task", new(TaskOperationKind.Create), "operations/1/task: required"),
        Case("patch", new(TaskOperationKind.Patch, Id, 7, Patch.Nothing), ""),
        Case("patch without an id", new(TaskOperationKind.Patch, Task: Patch.Nothing), "operations/1/id: required"),
        Case("patch without a task", new(TaskOperationKind.Patch, Id), "operations/1/task: required"),
        Case("delete without an id", new(TaskOperationKind.Delete), "operations/1/id: required"),
        Case("nothing to do", new(null, Id, Task: Patch.Nothing), "operations/1/op: required"),
        Case("null", null, "operations/1: required"),
        // The operation itself reports this, together with the results of the others.
        Case("create without a title", new(TaskOperationKind.Create, Task: Patch.Nothing), ""),
    ];

    [TestCaseSource(nameof(Operations))]
    public void Checks_each_operation(object? operation, string error) =>
        Assert.That(Errors(Right, (TaskOperation)operation!), Is.EqualTo(error));

    [TestCase(0, "operations: required")]
    [TestCase(1, "")]
    [TestCase(100, "")]
    [TestCase(101, "operations: too_long")]
    public void Accepts_1_to_100_operations(int count, string error) =>
        Assert.That(Errors([.. Enumerable.Repeat(Right, count)]), Is.EqualTo(error));

    [Test]
    public void Requires_operations() => Assert.That(Errors(null!), Is.EqualTo("operations: required"));

    [Test]
    public void Names_every_invalid_operation() =>
        Assert.That(
            Errors(Right, Right with { Id = null }, Right, Right with { Id = null }),
            Is.EqualTo("operations/1/id: required, operations/3/id: required")
        );

    private static string Errors(params TaskOperation[] operations) =>
        new BatchTasksValidator().ErrorTextOf(new BatchTasksCommand(operations));

    private static TestCaseData Case(string name, TaskOperation? operation, string error) =>
        new TestCaseData(operation, error).SetArgDisplayNames(name);
}
