using System.Data.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>Whatever is added and deleted between two pages, the other tasks are listed once.</summary>
public sealed class PagingTests
{
    private const int Many = 100_000;

    [Test]
    public async Task The_last_page_of_a_hundred_thousand_tasks_costs_as_much_as_the_first()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        await server.Services.MigrateDatabaseAsync();
        var owner = await server.SignInNewUserAsync();
        await InsertAsync(server, owner);
        List<int> steps = [];
        server.Commands.Before = async command => steps.Add(await CountStepsAsync(command));
        await using var other = database.Start();
        other.Caller.Session = server.Caller.Session;
        var toDelete = new Queue<Guid>(Enumerable.Range(0, 100).Select(i => IdOf((i * 991 % Many) + 1)));

        var (seen, gone) = await ReadAllAsync(server, other, TaskSortKey.CreatedAt, true, 200, toDelete);

        var stayed = Enumerable.Range(1, Many).Select(IdOf).Except(gone).ToList();
        Assert.That(gone, Has.Count.EqualTo(100));
        Assert.That(stayed.Except(seen), Is.Empty);
        // The last page is not full; for the last full one, each step of SQLite's virtual machine counts.
        Assert.That(steps, Has.Count.GreaterThanOrEqualTo(Many / 200));
        Assert.That(steps[^2], Is.LessThan(steps[0] * 1.2));
        Assert.That(steps.Skip(1).Max(), Is.LessThan(steps[1] * 1.1));
    }

    [Test]
    public async Task In_every_order_an_unchanged_task_is_listed_once(
        [Values] TaskSortKey key,
        [Values] bool descending
    )
    {
        await using var server = TestRun.Database.Start();
        await server.SignInNewUserAsync();
        List<Guid> all = [];
        for (var batch = 0; batch < 3; batch++)
        {
            // Few distinct values of each key make pages end among equal ones.
            var operations = Enumerable.Range(0, 50).Select(i => Operation(TaskOperationKind.Create, null, Sample(i)));
            var created = await server.SendAsync(new BatchTasksCommand([.. operations], Atomic: true));
            all.AddRange(created.Value!.Results.Select(result => result.Task!.Id));
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var toDelete = new Queue<Guid>(all.Where((_, i) => i % 10 == 3));

        var (seen, gone) = await ReadAllAsync(server, server, key, descending, 7, toDelete);

        Assert.That(gone, Is.Not.Empty);
        Assert.That(all.Except(gone).Except(seen), Is.Empty);
    }

    [Test]
    public async Task A_search_examines_a_limited_number_of_tasks_per_page_and_can_be_continued()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        await server.Services.MigrateDatabaseAsync();
        var owner = await server.SignInNewUserAsync();
        await server.CreateAsync(new TaskInput("Last needle"));
        server.Clock.Advance(TimeSpan.FromDays(1));
        await InsertAsync(server, owner);
        server.Clock.Advance(TimeSpan.FromDays(1));
        await server.CreateAsync(new TaskInput("First needle"));
        List<int> steps = [];
        server.Commands.Before = async command => steps.Add(await CountStepsAsync(command));

        List<string> found = [];
        var pages = 0;
        string? cursor = null;
        do
        {
            var filter = Sorted(TaskSortKey.CreatedAt, true) with { Words = ["NEEDLE"] };
            var page = (await server.ListAsync(filter, 50, cursor)).Value!;
            found.AddRange(page.Items.Select(task => task.Title));
            cursor = page.NextCursor;
            pages++;
        } while (cursor is not null);

        Assert.That(found, Is.EqualTo(["First needle", "Last needle"]));
        Assert.That(pages, Is.EqualTo((Many / 5000) + 1));
        // Each page costs the same for any number of tasks.
        Assert.That(steps.Max(), Is.LessThan(200_000));
    }

    /// <summary>Reads page by page; after some pages another client adds a task and deletes one.</summary>
    private static async Task<(HashSet<Guid> Seen, List<Guid> Gone)> ReadAllAsync(
        Instance server,
        Instance other,
        TaskSortKey key,
        bool descending,
        int limit,
        Queue<Guid> toDelete
    )
    {
        HashSet<Guid> seen = [];
        List<Guid> gone = [];
        string? cursor = null;
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            var read = (await server.ListAsync(Sorted(key, descending), limit, cursor)).Value!;
            Assert.That(read.Items.All(item => seen.Add(item.Id)), Is.True, "none is seen twice");
            cursor = read.NextCursor;
            if (page % 2 == 0 && toDelete.TryDequeue(out var id))
            {
                other.Clock.Advance(TimeSpan.FromSeconds(1));
                await other.PutAsync(Guid.NewGuid(), new TaskInput($"New {page % 7}"));
                await other.DeleteAsync(id);
                gone.Add(id);
            }
        }

        return (seen, gone);
    }

    private static TaskPatch Sample(int i) =>
        Title($"Task {i % 7}") with
        {
            Priority = new((TaskPriority)(i % 4)),
            DueAt = new(i % 3 == 0 ? null : new DateTimeOffset(2026, 4, 1 + (i % 5), 0, 0, 0, TimeSpan.Zero)),
        };

    private static Guid IdOf(int i) => Guid.Parse($"00000000-0000-7000-8000-{i * 7919L % 1_000_003:X12}");

    // One statement inserts them, with shared moments and unordered ids.
    private static Task<int> InsertAsync(Instance server, Guid owner) =>
        server.UseAsync(
            (AppDbContext context) =>
                context.Database.ExecuteSqlAsync(
                    $"""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
                    INSERT INTO Tasks (Id, OwnerId, Title, TitleKey, SearchText, Labels, Status, Priority, Version,
                        CreatedAt, UpdatedAt, LabelKeys, CreatedVersion, Position, PositionKey, Checklist, Reminders,
                        Alerts, HasMissed, IsUntouched, Streak)
                    SELECT printf('00000000-0000-7000-8000-%012X', i * 7919 % 1000003), {owner}, 'Task', 'TASK', 'TASK', '',
                        0, 0, i + 1, at, at, '', i + 1, 'V', printf('V %06d', i), '', '', '', 0, 0, 0
                    FROM (SELECT i, {server.Clock.GetUtcNow().UtcTicks} + (i % 5000 - 2500) * 10000000 AS at FROM n);
                    UPDATE ChangeCounters SET Value = {Many} + 1 WHERE OwnerId = {owner}
                    """
                )
        );

    /// <summary>Returns the number of steps of SQLite's virtual machine for all rows of the command.</summary>
    private static async Task<int> CountStepsAsync(DbCommand command)
    {
        // The text is unique, because connections cache statements with their counters.
        await using var copy = Commands.Copy(command, "/* counted */ ");
        await using var reader = await copy.ExecuteReaderAsync();
        while (await reader.ReadAsync()) { }

        // The type is found by name, because it belongs to another version of the assembly than the loaded one.
        var statement = (sqlite3_stmt)reader.GetType().GetProperty("Handle")!.GetValue(reader)!;
        return raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, 1);
    }
}
