using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class PurgeTrashTests
{
    private readonly PurgeTrashHandler _handler;
    private readonly Trash _trash = new();

    public PurgeTrashTests() => _handler = new(new TaskOptions { TrashDays = 7 }, _trash, Given.Clock());

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(1200, 4)]
    public async Task Purges_old_tasks_from_the_trash_in_batches(int tasks, int calls)
    {
        _trash.Left = tasks;

        var result = await _handler.Handle(new PurgeTrashCommand(), CancellationToken.None);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_trash.Left, Is.Zero);
        Assert.That(_trash.Reads, Is.EqualTo(Enumerable.Repeat((Given.Now.AddDays(-7), 500), calls)));
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        _trash.Left = 1200;
        using var stopping = new CancellationTokenSource();
        _trash.AfterRead = stopping.Cancel;

        Assert.That(
            () => _handler.Handle(new PurgeTrashCommand(), stopping.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(_trash.Left, Is.EqualTo(700));
    }

    [Test]
    public void Keeps_deleted_tasks_for_thirty_days_by_default() =>
        Assert.That(new TaskOptions().TrashDays, Is.EqualTo(30));

    private sealed class Trash : ITaskTrash
    {
        public int Left { get; set; }

        public List<(DateTimeOffset Before, int BatchSize)> Reads { get; } = [];

        public Action? AfterRead { get; set; }

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
