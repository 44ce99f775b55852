using System.Data.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>These tests have their own database, because a purge covers the tasks of all users.</summary>
public sealed class PurgeTrashTests : IAsyncDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Tasks:TrashDays", "7"));
        await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase(-1, false)]
    [TestCase(0, false)]
    [TestCase(1, true)]
    public async Task Tasks_in_the_trash_longer_than_configured_are_purged(int milliseconds, bool purged)
    {
        var task = await _server.CreateAsync();
        await _server.DeleteAsync(task.Id);

        await PurgeAfterAsync(Week + TimeSpan.FromMilliseconds(milliseconds));

        Assert.That((await _server.RestoreAsync(task.Id)).Error, Is.EqualTo(purged ? CommonErrors.NotFound : null));
    }

    [Test]
    public async Task The_purge_deletes_in_batches_per_owner_and_only_old_tasks_in_the_trash()
    {
        for (var owner = 0; owner < 2; owner++)
        {
            await _server.SignInNewUserAsync();
            for (var i = 0; i < 3; i++)
            {
                await _server.DeleteAsync((await _server.CreateAsync(new TaskInput("Old"))).Id);
            }

            await _server.CreateAsync(new TaskInput("Not in the trash"));
        }

        _server.Clock.Advance(Week);
        await _server.DeleteAsync((await _server.CreateAsync(new TaskInput("Trashed later"))).Id);
        var before = _server.Clock.GetUtcNow();
        List<int> deleted = [];
        do
        {
            deleted.Add(await _server.UseAsync((ITaskTrash trash) => trash.PurgeAsync(before, 2, default)));
        } while (deleted[^1] > 0);

        Assert.That(deleted[..^1], Is.EquivalentTo([2, 2, 1, 1]));
        var left = await _server.UseAsync((AppDbContext context) => context.Tasks.Select(t => t.Title).ToListAsync());
        Assert.That(left, Is.EquivalentTo(["Not in the trash", "Not in the trash", "Trashed later"]));
    }

    [TestCase(false, TestName = "{m}(restored)")]
    [TestCase(true, TestName = "{m}(restored and trashed again)")]
    public async Task The_purge_keeps_a_task_that_was_changed_meanwhile(bool trashedAgain)
    {
        var (back, gone) = (await _server.CreateAsync(), await _server.CreateAsync());
        await _server.DeleteAsync(back.Id);
        await _server.DeleteAsync(gone.Id);
        _server.Clock.Advance(Week);
        var now = _server.Clock.GetUtcNow();
        async Task TakeBackAsync()
        {
            await _server.RestoreAsync(back.Id);
            if (trashedAgain)
            {
                await _server.DeleteAsync(back.Id);
            }
        }

        // This runs after the batch was read and before it is deleted.
        _server.Commands.OnceAfter(
            command => command.CommandText.Contains("ORDER BY", StringComparison.Ordinal) && IsOfVersions(command),
            TakeBackAsync
        );
        var deleted = await _server.UseAsync((ITaskTrash trash) => trash.PurgeAsync(now, 10, default));

        Assert.That(deleted, Is.EqualTo(1));
        Assert.That((await _server.RestoreAsync(back.Id)).Error, Is.Null);
        Assert.That((await _server.RestoreAsync(gone.Id)).Error, Is.EqualTo(CommonErrors.NotFound));
    }

    [TestCase(false, TestName = "{m}(restored)")]
    [TestCase(true, TestName = "{m}(purged by another server)")]
    public async Task The_purge_continues_with_the_next_owner_when_all_tasks_of_one_were_changed_meanwhile(bool purged)
    {
        var first = await _server.CreateAsync();
        await _server.DeleteAsync(first.Id);
        var caller = _server.Caller.Session;
        await _server.SignInNewUserAsync();
        _server.Clock.Advance(TimeSpan.FromHours(1));
        await _server.DeleteAsync((await _server.CreateAsync()).Id);
        _server.Clock.Advance(Week);
        _server.Caller.Session = caller;
        await using var other = _database.Start();
        other.Caller.Session = caller;
        // The owner has been chosen, and the batch has not been read yet.
        _server.Commands.OnceBefore(
            command => command.CommandText.Contains("Version", StringComparison.Ordinal),
            async () =>
            {
                var late = _server.Clock.GetUtcNow();
                Func<Task> quicker = purged
                    ? () => other.UseAsync((ITaskTrash trash) => trash.PurgeAsync(late, 1, default))
                    : () => other.RestoreAsync(first.Id);
                await quicker();
            }
        );

        var deleted = await _server.UseAsync(
            (ITaskTrash trash) => trash.PurgeAsync(_server.Clock.GetUtcNow(), 10, default)
        );

        Assert.That(deleted, Is.EqualTo(1));
        var left = await _server.UseAsync((AppDbContext context) => context.Tasks.Select(t => t.Id).ToListAsync());
        Assert.That(left, purged ? Is.Empty : Is.EqualTo([first.Id]));
    }

    private async Task PurgeAfterAsync(TimeSpan time)
    {
        _server.Clock.Advance(time);
        Assert.That((await _server.SendAsync(new PurgeTrashCommand())).Error, Is.Null);
    }

    /// <summary>Runs an action between the read and the save.</summary>
    private static bool IsOfVersions(DbCommand command) =>
        Commands.Names(command, "Tasks") && command.CommandText.Contains("Version", StringComparison.Ordinal);
}
