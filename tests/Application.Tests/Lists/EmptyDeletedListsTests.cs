using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Lists;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Lists;

public sealed class EmptyDeletedListsTests
{
    private readonly FakeTimeProvider _clock = Given.Clock();
    private readonly DeletedLists _lists = new();
    private readonly EmptyDeletedListsHandler _handler;

    public EmptyDeletedListsTests() => _handler = new(_lists, _clock);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public async Task Empties_deleted_lists_in_batches_until_nothing_is_left(int batches)
    {
        _lists.BatchesLeft = batches;
        _lists.AfterBatch = () => _clock.Advance(TimeSpan.FromSeconds(1));

        var result = await _handler.Handle(new EmptyDeletedListsCommand(), CancellationToken.None);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(
            _lists.Batches,
            Is.EqualTo(Enumerable.Range(0, batches + 1).Select(second => (Given.Now.AddSeconds(second), 200))),
            "each at its own time"
        );
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        _lists.BatchesLeft = 3;
        using var stopping = new CancellationTokenSource();
        _lists.AfterBatch = stopping.Cancel;

        Assert.That(
            () => _handler.Handle(new EmptyDeletedListsCommand(), stopping.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(_lists.BatchesLeft, Is.EqualTo(2));
    }

    private sealed class DeletedLists : IDeletedLists
    {
        public int BatchesLeft { get; set; }

        public List<(DateTimeOffset Now, int BatchSize)> Batches { get; } = [];

        public Action? AfterBatch { get; set; }

        public Task<bool> EmptyAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken)
        {
            Batches.Add((now, batchSize));
            AfterBatch?.Invoke();
            return Task.FromResult(BatchesLeft-- > 0);
        }

        public Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Lists are emptied, not purged.");
    }
}
