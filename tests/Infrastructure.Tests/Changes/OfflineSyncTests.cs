using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Lists;
using Fitnessify.Infrastructure.Tests.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Changes;

/// <summary>Devices that were offline end up with the data of the server, whatever was changed where and in which order.</summary>
public sealed class OfflineSyncTests : IAsyncDisposable
{
    private static readonly Gen<Step> Steps =
        from what in Gen.Elements([.. Enum.GetValues<What>(), What.Patch])
        from who in Gen.Choose(0, 2)
        from slot in Gen.Choose(0, 5)
        from number in Gen.Choose(1, 4)
        select new Step(what, who, slot, number);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public void Clients_converge_to_the_tasks_and_lists_of_the_server() =>
        Prop.ForAll(
                Steps.ListOf(40).ToArbitrary(),
                async steps =>
                {
                    await _server.SignInNewUserAsync();
                    // The first two are the ids of lists, too.
                    var ids = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToArray();
                    Client[] clients = [new(_server), new(_server)];
                    foreach (var step in steps)
                    {
                        await ChangeTasksAsync(step, ids, clients);
                    }

                    await Task.WhenAll(clients.Select(client => client.PushAsync()));
                    await _server.EmptyDeletedListsAsync();
                    var fresh = new Client(_server);
                    foreach (var (index, client) in clients.Append(fresh).Index())
                    {
                        await client.PullToEndAsync(index + 1);
                        Assert.That(client.Copy, Is.EquivalentTo(await ListAsync()), $"client {index}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Test]
    public async Task A_client_that_syncs_during_writes_misses_nothing()
    {
        await _server.SignInNewUserAsync();
        var client = new Client(_server);
        var writing = Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 25; i++)
                        {
                            var task = await _server.CreateAsync(new TaskInput($"{writer} {i}"));
                            if (i % 3 == 0)
                            {
                                await _server.DeleteAsync(task.Id);
                            }

                            if (i % 5 == 0)
                            {
                                await _server.CreateListAsync();
                            }
                        }
                    })
                )
        );
        while (!writing.IsCompleted)
        {
            await client.PullAsync(7);
        }

        await writing;
        await client.PullToEndAsync(7);
        Assert.That(client.Copy, Has.Count.EqualTo(64 + 20).And.EquivalentTo(await ListAsync()));
    }

    private async Task ChangeTasksAsync(Step step, Guid[] ids, Client[] clients)
    {
        var (what, who, slot, number) = step;
        if (what is What.Push or What.Pull)
        {
            var client = clients[who % clients.Length];
            await (what == What.Push ? client.PushAsync() : client.PullAsync(number));
            return;
        }

        var (id, next) = (ids[slot], ids[(slot + 1) % ids.Length]);
        var list = ids[number % 2];
        if (what == What.EmptyLists)
        {
            await _server.EmptyDeletedListsAsync();
            return;
        }

        Func<Task> write = what switch
        {
            What.Create => () => _server.PutAsync(id, new TaskInput($"Put {number}", Labels: [$"{who}"])),
            What.CreateInList => () => _server.PutAsync(id, new TaskInput($"Put {number}", ListId: list)),
            What.Move => () => _server.PatchAsync(id, Nothing with { ListId = new(slot % 3 == 0 ? null : list) }),
            What.Tick => () => _server.PatchAsync(id, Nothing with { Checklist = new(Ticked($"{number}", slot)) }),
            What.PutList => () => _server.PutListAsync(list, new ListInput($"List {slot}", Position: $"{slot}a")),
            What.ArchiveList => () =>
                _server.PatchListAsync(
                    list,
                    ListRequests.Nothing with
                    {
                        ArchivedAt = new(slot % 2 == 0 ? null : _server.Clock.GetUtcNow()),
                    }
                ),
            What.DeleteList => () => _server.DeleteListAsync(list),
            What.Patch => () => _server.PatchAsync(id, Title($"Patched {number} by {who}")),
            What.Delete => () => _server.DeleteAsync(id),
            What.Restore => () => _server.RestoreAsync(id),
            _ => () =>
                _server.SendAsync(
                    new BatchTasksCommand(
                        [
                            Operation(TaskOperationKind.Create, id, Title($"Batched {number}")),
                            Operation(TaskOperationKind.Patch, next, Nothing with { Description = new($"{number}") }),
                            Operation(TaskOperationKind.Delete, number % 2 == 0 ? id : next),
                        ],
                        Atomic: number < 3
                    )
                ),
        };
        if (who < clients.Length)
        {
            clients[who].Offline.Enqueue(write);
        }
        else
        {
            await write();
        }
    }

    private static Dictionary<string, ChecklistItemPatch?> Ticked(string key, int slot) =>
        new() { [key] = slot % 3 == 0 ? null : new(slot % 3 == 1 ? new(key) : default, new(slot % 2 == 0), default) };

    private async Task<List<string>> ListAsync()
    {
        var owner = _server.Caller.Session!.OwnerId;
        return await _server.UseAsync(
            async (AppDbContext context) =>
            {
                var tasks = await context
                    .Set<TaskItem>()
                    .AsNoTracking()
                    .Where(task => task.OwnerId == owner && task.DeletedAt == null)
                    .ToListAsync();
                var lists = await context
                    .Set<TaskList>()
                    .AsNoTracking()
                    .Where(list => list.OwnerId == owner && list.DeletedAt == null)
                    .ToListAsync();
                return tasks.Concat<IVersioned>(lists).Select(Describe).ToList();
            }
        );
    }

    private enum What
    {
        Create,
        Patch,
        Delete,
        Restore,
        Batch,
        CreateInList,
        Move,
        Tick,
        PutList,
        ArchiveList,
        DeleteList,
        EmptyLists,
        Push,
        Pull,
    }

    /// <summary>Changes tasks: two clients do so offline, the third one at once.</summary>
    private sealed record Step(What What, int Who, int Slot, int Number);

    /// <summary>A device with a copy of all tasks and lists.</summary>
    private sealed class Client(Instance server)
    {
        private readonly Dictionary<(Type, Guid), string> _copy = [];
        private string? _since;
        private long _last;

        /// <summary>Gets the changes that the device sends when it is online.</summary>
        public Queue<Func<Task>> Offline { get; } = [];

        public IReadOnlyCollection<string> Copy => _copy.Values;

        public async Task PushAsync()
        {
            while (Offline.TryDequeue(out var write))
            {
                await write();
            }
        }

        /// <summary>Reads one page and returns whether there are more.</summary>
        public async Task<bool> PullAsync(int limit)
        {
            var changes = (await server.ChangesAsync(_since, limit)).Value!;
            Assert.That(changes.Items, Has.Count.LessThanOrEqualTo(limit));
            foreach (var item in changes.Items)
            {
                // Versions increase, so no change occurs twice or in the wrong order.
                Assert.That(item.Version, Is.GreaterThan(_last));
                _last = item.Version;
                if (item.DeletedAt is null)
                {
                    _copy[(item.GetType(), item.Id)] = Describe(item);
                }
                else
                {
                    _copy.Remove((item.GetType(), item.Id));
                }
            }

            _since = changes.Next;
            return changes.HasMore;
        }

        public async Task PullToEndAsync(int limit)
        {
            while (await PullAsync(limit)) { }

            Assert.That((await server.ChangesAsync(_since)).Value!.Items, Is.Empty);
        }
    }
}
