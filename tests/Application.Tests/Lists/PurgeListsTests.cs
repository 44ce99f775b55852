using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Lists;

public sealed class PurgeListsTests
{
    private readonly PurgeListsHandler _handler;
    private readonly DeletedLists _lists = new();

    public PurgeListsTests() => _handler = new(new TaskOptions { TrashDays = 7 }, _lists, Given.Clock());

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(1200, 4)]
    public async Task Purges_lists_in_batches_that_were_deleted_as_long_ago_as_tasks_stay_in_the_trash(
        int lists,
        int calls
    )
    {
        _lists.Left = lists;

        var result = await _handler.Handle(new PurgeListsCommand(), CancellationToken.None);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_lists.Left, Is.Zero);
        Assert.That(_lists.Reads, Is.EqualTo(Enumerable.Repeat((Given.Now.AddDays(-7), 500), calls)));
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        _lists.Left = 1200;
        using var stopping = new CancellationTokenSource();
        _lists.AfterRead = stopping.Cancel;

        Assert.That(
            () => _handler.Handle(new PurgeListsCommand(), stopping.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(_lists.Left, Is.EqualTo(700));
    }

    private sealed class DeletedLists : IDeletedLists
    {
        public int Left { get; set; }

        public List<(DateTimeOffset Before, int BatchSize)> Reads { get; } = [];

        public Action? AfterRead { get; set; }

        public Task<bool> EmptyAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Lists are purged, not emptied.");

        public Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken)
        {
            Reads.Add((before, batchSize));
            AfterRead?.Invoke();
            var purged = Math.Min(Left, batchSize);
            Left -= purged;
            return Task.FromResult(purged);
        }
    }
}
