using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class TaskFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly TaskFilter None = new(
        [],
        [],
        [],
        null,
        null,
        Now,
        null,
        [],
        null,
        TaskSort.Default,
        InTrash: false
    );

    private static readonly TestCaseData[] Others =
    [
        Case("status", None with { Statuses = [TaskItemStatus.Todo] }),
        Case("priority", None with { Priorities = [TaskPriority.Normal] }),
        Case("label", None with { Labels = ["GYM"] }),
        Case("due before", None with { DueBefore = Now }),
        Case("due after", None with { DueAfter = Now }),
        Case("overdue", None with { IsOverdue = true }),
        Case("not overdue", None with { IsOverdue = false }),
        Case("word", None with { Words = ["RUN"] }),
        Case("list", None with { List = new(Guid.NewGuid()) }),
        Case("inbox", None with { List = new(Id: null) }),
        Case("trash", None with { InTrash = true }),
        Case("another key", None with { Sort = new(TaskSortKey.Position, IsDescending: true) }),
        Case("oldest first", None with { Sort = TaskSort.Default with { IsDescending = false } }),
    ];

    [Test]
    public void A_list_without_a_filter_and_newest_first_is_the_default_one_at_any_time()
    {
        Assert.That(None.IsDefault, Is.True);
        Assert.That((None with { OverdueAt = default }).IsDefault, Is.True);
        Assert.That(TaskSort.Default, Is.EqualTo(new TaskSort(TaskSortKey.CreatedAt, IsDescending: true)));
    }

    [TestCaseSource(nameof(Others))]
    public void A_list_with_any_filter_or_another_order_is_not_the_default_one(TaskFilter filter) =>
        Assert.That(filter.IsDefault, Is.False);

    [Test]
    public void The_trash_has_everything_that_is_in_it_latest_change_first()
    {
        var trash = TaskFilter.Trash;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trash.InTrash, Is.True);
            Assert.That(trash.Sort, Is.EqualTo(new TaskSort(TaskSortKey.UpdatedAt, IsDescending: true)));
            Assert.That((trash with { InTrash = false, Sort = TaskSort.Default }).IsDefault, Is.True, "no filter");
        }
    }

    private static TestCaseData Case(string name, TaskFilter filter) =>
        new TestCaseData(filter).SetArgDisplayNames(name);
}
