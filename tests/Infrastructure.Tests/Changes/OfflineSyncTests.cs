using Fitnessify.Application.Tasks;
using FsCheck;
using FsCheck.Fluent;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Changes;

/// <summary>Devices that were offline end up with the data of the server, whatever was changed where and in which order.</summary>
public sealed class OfflineSyncTests : IAsyncDisposable
{
    private static readonly Gen<Step> Steps =
        from what in Gen.Elements(What.Create, What.Patch, What.Patch, What.Delete, What.Restore, What.Batch, What.Push)
            .Or(Gen.Constant(What.Pull))
        from who in Gen.Choose(0, 2)
        from slot in Gen.Choose(0, 5)
        from number in Gen.Choose(1, 4)
        select new Step(what, who, slot, number);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public void Clients_converge_to_the_tasks_of_the_server() =>
        Prop.ForAll(
                Steps.ListOf(40).ToArbitrary(),
                async steps =>
                {
                    await _server.SignInNewUserAsync();
                    var ids = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToArray();
                    Client[] clients = [new(_server), new(_server)];
                    foreach (var step in steps)
                    {
                        await ChangeTasksAsync(step, ids, clients);
                    }

                    await Task.WhenAll(clients.Select(client => client.PushAsync()));
                    var fresh = new Client(_server);
                    foreach (var (index, client) in clients.Append(fresh).Index())
                    {
                        await client.PullToEndAsync(index + 1);
                        Assert.That(client.Copy, Is.EquivalentTo(await ListAsync()), $"client {index}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

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
        Assert.That(client.Copy, Has.Count.EqualTo(64).And.EquivalentTo(await ListAsync()));
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
        Func<Task> write = what switch
        {
            What.Create => () => _server.PutAsync(id, new TaskInput($"Put {number}", Labels: [$"{who}"])),
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

    private async Task<List<string>> ListAsync() => [.. (await _server.ListAsync()).Value!.Items.Select(Describe)];

    private enum What
    {
        Create,
        Patch,
        Delete,
        Restore,
        Batch,
        Push,
        Pull,
    }

    /// <summary>Changes tasks: two clients do so offline, the third one at once.</summary>
    private sealed record Step(What What, int Who, int Slot, int Number);

    /// <summary>A device with a copy of all tasks.</summary>
    private sealed class Client(Instance server)
    {
        private readonly Dictionary<Guid, string> _copy = [];
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
            foreach (var task in changes.Items)
            {
                // Versions increase, so no change occurs twice or in the wrong order.
                Assert.That(task.Version, Is.GreaterThan(_last));
                _last = task.Version;
                if (task.DeletedAt is null)
                {
                    _copy[task.Id] = Describe(task);
                }
                else
                {
                    _copy.Remove(task.Id);
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
