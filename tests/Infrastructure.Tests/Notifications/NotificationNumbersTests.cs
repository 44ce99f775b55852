using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>One sequence orders the notifications of everybody. In a database of its own, so that nobody else raises it.</summary>
public sealed class NotificationNumbersTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _owner = await _server.EnterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Begin_at_one_and_follow_one_another_in_the_order_in_which_they_were_added()
    {
        var other = (await _server.SignUpAsync()).Id;
        var told = await _server.TellAsync(_owner, 3);
        told.AddRange(await _server.TellAsync(other));
        told.AddRange(await _server.TellAsync(_owner, 2));

        Assert.That(told.Select(notification => notification.Sequence), Is.EqualTo([1, 2, 3, 4, 5, 6]));
        Assert.That(await ReadLatestAsync(), Is.EqualTo(6));
    }

    [Test]
    public async Task Who_has_seen_one_has_seen_all_below_it_whatever_instances_write_at_once()
    {
        await using var elsewhere = _database.Start();
        await using var reader = _database.Start();
        var other = (await _server.SignUpAsync()).Id;
        var writers = Task.WhenAll(WriteAsync(_server, _owner), WriteAsync(elsewhere, other));

        List<long> seen = [];
        var isOver = false;
        while (!isOver)
        {
            isOver = writers.IsCompleted;
            seen = await ReadAsync(reader);
            var (latest, places) = (seen.LastOrDefault(), seen);
            Assert.That(places, Is.EqualTo(Enumerable.Range(1, (int)latest).Select(number => (long)number)));
        }

        await writers;
        Assert.That(seen, Has.Count.EqualTo(2 * (1 + 2 + 3 + 4 + 5) * 5));
    }

    [Test]
    public async Task What_is_undone_leaves_no_gap()
    {
        await _server.TellAsync(_owner);
        _server.Commands.Before = command =>
            command.CommandText.Contains("INSERT INTO", StringComparison.Ordinal)
                ? throw new InvalidOperationException("crash")
                : Task.CompletedTask;
        Assert.That(() => _server.TellAsync(_owner), Throws.Exception);
        _server.Commands.Before = null;

        var told = await _server.TellAsync(_owner);

        Assert.That(told.Single().Sequence, Is.EqualTo(2));
    }

    private static Task WriteAsync(Instance server, Guid owner) =>
        Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await server.TellAsync(owner, (i % 5) + 1);
            }
        });

    private static Task<List<long>> ReadAsync(Instance server) =>
        server.UseAsync(
            (AppDbContext context) =>
                context
                    .Notifications.Select(notification => notification.Sequence)
                    .OrderBy(number => number)
                    .ToListAsync()
        );

    private Task<long> ReadLatestAsync() =>
        _server.UseAsync((AppDbContext context) => NotificationNumbers.ReadLatestAsync(context, default));
}
