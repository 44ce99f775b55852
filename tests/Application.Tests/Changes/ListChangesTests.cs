using Fitnessify.Application.Changes;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Moq;

namespace Fitnessify.Application.Tests.Changes;

public sealed class ListChangesTests
{
    private static readonly Error[] Failures = [ChangeErrors.InvalidSyncToken, ChangeErrors.SyncTokenExpired];

    private readonly StoredTasks _stored = new();

    [TestCase(null, false)]
    [TestCase("since", true)]
    public async Task Lists_changes_in_order_and_deletions_without_their_task(string? since, bool hasMore)
    {
        var kept = _stored.Store("Leg day");
        var deleted = _stored.Store("Run", inTrash: true);
        _stored.Clock.AdjustTime(Given.Now.AddDays(2));

        var result = await ListAsync(since, new ChangePage([deleted, kept], "next", hasMore));

        Assert.That(
            result.Value?.Items.Select(item => (item.Id, item.Deleted, item.Task?.Title, item.Task?.IsOverdue)),
            Is.EqualTo(
                new (Guid, bool, string?, bool?)[] { (deleted.Id, true, null, null), (kept.Id, false, "Leg day", true) }
            )
        );
        Assert.That((result.Value?.Next, result.Value?.HasMore), Is.EqualTo(("next", hasMore)));
    }

    [Test]
    public async Task Lists_tasks_and_lists_together_and_deletions_only_by_their_ids()
    {
        var lists = new StoredLists();
        var (kept, deleted) = (lists.Store("Training"), lists.Store("Home", isDeleted: true));
        var (task, trashed) = (_stored.Store("Leg day"), _stored.Store("Run", inTrash: true));

        var result = await ListAsync(null, new ChangePage([deleted, task, kept, trashed], "next", false));

        Assert.That(
            result.Value?.Items.Select(item => (item.Kind, item.Id, item.Deleted)),
            Is.EqualTo([
                (ChangeKind.List, deleted.Id, true),
                (ChangeKind.Task, task.Id, false),
                (ChangeKind.List, kept.Id, false),
                (ChangeKind.Task, trashed.Id, true),
            ])
        );
        Assert.That(
            result.Value!.Items.Select(item => item.List),
            Is.EqualTo(
                new[]
                {
                    null,
                    null,
                    new ListDto(
                        kept.Id,
                        "Training",
                        "#12abef",
                        "a",
                        null,
                        kept.CreatedAt,
                        kept.UpdatedAt,
                        kept.Version
                    ),
                    null,
                }
            )
        );
        Assert.That(
            result.Value.Items.Select(item => item.Task?.Title),
            Is.EqualTo(new[] { null, "Leg day", null, null })
        );
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Returns_the_reason_why_the_token_cannot_be_used(Error failure)
    {
        var result = await ListAsync("since", failure);

        Assert.That(result.Error, Is.EqualTo(failure));
    }

    [TestCase(0, "limit: out_of_range")]
    [TestCase(1, "")]
    [TestCase(200, "")]
    [TestCase(201, "limit: out_of_range")]
    public void Checks_the_limit(int limit, string error) =>
        Assert.That(new ListChangesValidator().ErrorTextOf(new ListChangesQuery(null, limit)), Is.EqualTo(error));

    private Task<Result<ChangesDto>> ListAsync(string? since, Result<ChangePage> changes)
    {
        var feed = new Mock<IChangeFeed>(MockBehavior.Strict);
        feed.Setup(port => port.ReadAsync(_stored.Id, since, 7, CancellationToken.None)).ReturnsAsync(changes);
        return new ListChangesHandler(_stored, feed.Object, Given.Mapper, _stored.Clock).Handle(
            new ListChangesQuery(since, 7),
            CancellationToken.None
        );
    }
}
