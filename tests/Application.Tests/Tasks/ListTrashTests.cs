using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Moq;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class ListTrashTests
{
    private readonly StoredTasks _stored = new();

    [Test]
    public async Task Returns_a_page_of_the_callers_trash_in_which_nothing_is_overdue()
    {
        var task = _stored.Store("Leg day", inTrash: true);
        _stored.Clock.AdjustTime(Given.Now.AddDays(2));

        var result = await ListAsync(new Page<TaskItem>([task], "next"));

        Assert.That(result.Value?.Items.Select(item => (item.Id, item.IsOverdue)), Is.EqualTo([(task.Id, false)]));
        Assert.That(result.Value?.NextCursor, Is.EqualTo("next"));
    }

    [Test]
    public async Task Refuses_the_cursor_of_another_list()
    {
        var result = await ListAsync(CommonErrors.InvalidCursor);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [TestCase(0, "limit: out_of_range")]
    [TestCase(1, "")]
    [TestCase(200, "")]
    [TestCase(201, "limit: out_of_range")]
    public void Checks_the_limit(int limit, string error) =>
        Assert.That(new ListTrashValidator().ErrorTextOf(new ListTrashQuery(limit, null)), Is.EqualTo(error));

    private Task<Result<PageDto<TaskDto>>> ListAsync(Result<Page<TaskItem>> page)
    {
        var tasks = new Mock<ITaskRepository>(MockBehavior.Strict);
        tasks
            .Setup(port =>
                port.ListAsync(
                    _stored.Id,
                    It.Is<TaskFilter>(filter =>
                        filter.InTrash && filter.Sort == new TaskSort(TaskSortKey.UpdatedAt, true)
                    ),
                    new PageRequest(7, "from here"),
                    CancellationToken.None
                )
            )
            .ReturnsAsync(page);
        return new ListTrashHandler(_stored, tasks.Object, Given.Mapper, _stored.Clock).Handle(
            new ListTrashQuery(7, "from here"),
            CancellationToken.None
        );
    }
}
