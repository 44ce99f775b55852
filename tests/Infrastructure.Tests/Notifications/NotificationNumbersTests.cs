using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>One sequence orders the notifications of all users. These tests have their own database, so nobody else raises it.</summary>
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
        _owner = await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Numbers_start_at_one_and_are_consecutive_in_the_order_of_adding()
    {
        var other = (await _server.SignUpAsync()).Id;
        var notified = await _server.NotifyAsync(_owner, 3);
        notified.AddRange(await _server.NotifyAsync(other));
        notified.AddRange(await _server.NotifyAsync(_owner, 2));

        Assert.That(notified.Select(notification => notification.Sequence), Is.EqualTo([1, 2, 3, 4, 5, 6]));
        Assert.That(await ReadLatestAsync(), Is.EqualTo(6));
    }

    [Test]
    public async Task A_reader_that_sees_a_number_sees_all_lower_ones_with_any_concurrent_writers()
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
            var (latest, numbers) = (seen.LastOrDefault(), seen);
            Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, (int)latest).Select(number => (long)number)));
        }

        await writers;
        Assert.That(seen, Has.Count.EqualTo(2 * (1 + 2 + 3 + 4 + 5) * 5));
    }

    [Test]
    public async Task A_rolled_back_save_leaves_no_gap()
    {
        await _server.NotifyAsync(_owner);
        _server.Commands.Before = command =>
            command.CommandText.Contains("INSERT INTO", StringComparison.Ordinal)
                ? throw new InvalidOperationException("crash")
                : Task.CompletedTask;
        Assert.That(() => _server.NotifyAsync(_owner), Throws.Exception);
        _server.Commands.Before = null;

        var notified = await _server.NotifyAsync(_owner);

        Assert.That(notified.Single().Sequence, Is.EqualTo(2));
    }

    private static Task WriteAsync(Instance server, Guid owner) =>
        Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await server.NotifyAsync(owner, (i % 5) + 1);
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
