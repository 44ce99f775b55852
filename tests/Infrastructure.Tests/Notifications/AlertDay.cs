using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>
/// A day of two owners, and of three servers with one clock. The tasks, the servers and the time change at random, and after
/// each scan what was told is compared with the model. Where several things happen at once, the model follows every order of
/// them, and keeps those that agree with what was told.
/// </summary>
internal sealed class AlertDay(TestDatabase database, DateTimeOffset start, int seed) : IAsyncDisposable
{
    private readonly Random _random = new(seed);
    private readonly FakeTimeProvider _clock = new(start);
    private readonly Instance?[] _servers = new Instance?[3];
    private readonly Dictionary<Guid, List<ModelTask>> _tasks = [];
    private readonly List<string> _steps = [];
    private AlertDayActs _acts = null!;

    /// <summary>Gets the notifications, the oldest first.</summary>
    public List<Notification> Told { get; } = [];

    /// <summary>Gets how many steps there were.</summary>
    public int Count => _steps.Count;

    /// <summary>Gets what has happened, for a person who reads a failure.</summary>
    public string Steps => $"seed {seed}\n{string.Join('\n', _steps)}";

    private DateTimeOffset Now => _clock.GetUtcNow();

    private IEnumerable<Instance> Running => _servers.OfType<Instance>();

    public async Task RunAsync()
    {
        StartAll();
        _acts = new AlertDayActs(_random, _clock, _tasks, Told);
        await _acts.SignInAsync(Any(), "Europe/Berlin");
        // This one never said where they are.
        await _acts.SignInAsync(Any(), null);
        while (Now < start.AddHours(24))
        {
            _clock.Advance(NextGap());
            await StepAsync();
        }

        await RescheduleAsync(Any());
        await ScanAsync(Any());
        foreach (var (id, worlds) in _tasks)
        {
            var dueAt = await Any()
                .UseAsync(
                    (AppDbContext context) =>
                        context.Tasks.Where(task => task.Id == id).Select(task => task.DueAt).SingleAsync()
                );
            Assert.That(dueAt, Is.EqualTo(worlds[0].Moment), $"{id} {worlds[0]}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Running)
        {
            await server.DisposeAsync();
        }
    }

    // On half of the days servers scan seldom, so that more happens between two scans.
    private Task StepAsync() =>
        _random.Next(seed % 4 < 2 ? 69 : 100) switch
        {
            < 54 => ActAsync(),
            < 60 => FlyAsync(),
            < 61 => RestAsync(),
            < 63 => RestartAsync(),
            < 65 => RescheduleAsync(Some()),
            < 69 => CrashAsync(),
            < 72 => RescheduleAsync(Some()),
            < 84 => AllAtOnceAsync(),
            _ => ScanAsync(Some()),
        };

    // At its very moment, it is too early for an alert by a millisecond.
    private TimeSpan NextGap()
    {
        switch (_random.Next(100))
        {
            case < 50:
                return TimeSpan.Zero;
            case < 80:
                return TimeSpan.FromSeconds(_random.Next(600));
            case < 90:
                return TimeSpan.FromMinutes(_random.Next(10, 30));
            default:
                var moments = _tasks.Values.SelectMany(worlds => worlds[0].Moments).Where(moment => moment >= Now);
                var gap = moments.DefaultIfEmpty(Now).Min() - Now;
                return (gap < TimeSpan.FromHours(1) ? gap : TimeSpan.Zero) + TimeSpan.FromMilliseconds(_random.Next(2));
        }
    }

    private async Task ActAsync()
    {
        if (_acts.WantsTask())
        {
            Note(await _acts.CreateAsync(Any()));
            return;
        }

        var act = _acts.Next();
        Note(act.Text);
        var error = await act.SendAsync(Any());
        Follow(id => act.TaskId == id ? task => [act.After(error)(task)] : task => [task]);
    }

    private async Task ScanAsync(params Instance[] servers)
    {
        Note($"scan on {servers.Length}");
        var scans = await Task.WhenAll(servers.Select(server => Task.Run(server.ScanAsync)));
        Assert.That(scans.Select(scan => scan.Error), Is.All.Null);
        Follow(_ => task => [task.Scan(Now)]);
        await CompareAsync();
    }

    private async Task RescheduleAsync(params Instance[] servers)
    {
        Note($"reschedule on {servers.Length}");
        await Task.WhenAll(servers.Select(server => Task.Run(() => MoveTasksAsync(server))));
        Follow(id => task => [Moved(id)(task)]);
    }

    private async Task AllAtOnceAsync()
    {
        var act = _tasks.Count > 0 && _random.Next(2) == 0 ? _acts.Next() : null;
        var moving = _random.Next(2) == 0 ? Any() : null;
        var (servers, acting) = (Some(), Any());
        Note($"at once: scan on {servers.Length}, {(moving is null ? "" : "reschedule, ")}{act?.Text}");

        Error? error = null;
        await Task.WhenAll([
            .. servers.Select(server => Task.Run(async () => Assert.That((await server.ScanAsync()).Error, Is.Null))),
            Task.Run(() => moving is null ? Task.CompletedTask : MoveTasksAsync(moving)),
            Task.Run(async () => error = act is null ? null : await act.SendAsync(acting)),
        ]);

        Follow(id =>
            task =>
                InAnyOrder(
                    task,
                    [
                        .. moving is null ? [] : new[] { Moved(id) },
                        .. act?.TaskId == id ? new[] { act.After(error) } : [],
                    ]
                )
        );
        await CompareAsync();
    }

    private async Task FlyAsync()
    {
        Note(await _acts.FlyAsync(Any()));
        if (_random.Next(2) == 0)
        {
            await RescheduleAsync(Any());
        }
    }

    private async Task RestartAsync()
    {
        var index = _random.Next(_servers.Length);
        Note($"server {index} stops");
        await StopAsync(index);
        if (_random.Next(3) > 0 || !Running.Any())
        {
            Note("all servers run");
            StartAll();
        }
    }

    private async Task RestAsync()
    {
        Note("no server runs for a while");
        for (var index = 0; index < _servers.Length; index++)
        {
            await StopAsync(index);
        }

        _clock.Advance(TimeSpan.FromMinutes(_random.Next(30, 180)));
        StartAll();
    }

    private async Task CrashAsync()
    {
        var server = Any();
        var scans = _random.Next(3) > 0;
        var command = _random.Next(1, 8);
        Note($"{(scans ? "scan" : "reschedule")}, and a crash at command {command}");
        server.Commands.Before = _ =>
            Interlocked.Decrement(ref command) == 0 ? throw new InvalidOperationException("crash") : Task.CompletedTask;
        var isWhole = true;
        try
        {
            await (scans ? server.ScanAsync() : MoveTasksAsync(server));
        }
        catch (Exception exception) when (exception.GetBaseException().Message == "crash")
        {
            isWhole = false;
        }

        await StopAsync(Array.IndexOf(_servers, server));
        StartAll();
        Note(isWhole ? "it was done before" : "it happened");
        Follow(id => task => [isWhole ? null : task, scans ? task.Scan(Now) : Moved(id)(task)]);
        await CompareAsync();
    }

    private static async Task MoveTasksAsync(Instance server) =>
        Assert.That((await server.SendAsync(new RescheduleTasksCommand())).Error, Is.Null);

    private Func<ModelTask, ModelTask> Moved(Guid id)
    {
        var (zone, now) = (_acts.ZoneOf(id), Now);
        return task => task.Reschedule(zone, now);
    }

    /// <summary>Returns what comes of the changes in any order, with at least one scan before, between or after them.</summary>
    private List<ModelTask?> InAnyOrder(ModelTask task, Func<ModelTask, ModelTask?>[] changes)
    {
        List<ModelTask?> ends = [];
        Go(task, changes, hasScanned: false);
        return ends;

        void Go(ModelTask? state, Func<ModelTask, ModelTask?>[] left, bool hasScanned)
        {
            if (state is null)
            {
                return;
            }

            foreach (var scans in (bool[])[false, true])
            {
                var next = scans ? state.Scan(Now) : state;
                if (left.Length == 0 && (hasScanned || scans))
                {
                    ends.Add(next);
                }

                foreach (var change in left)
                {
                    Go(change(next), [.. left.Where(other => other != change)], hasScanned || scans);
                }
            }
        }
    }

    /// <summary>Lets each task of the model change. Null says that this cannot have happened.</summary>
    private void Follow(Func<Guid, Func<ModelTask, IEnumerable<ModelTask?>>> changes)
    {
        foreach (var (id, worlds) in _tasks)
        {
            var change = changes(id);
            _tasks[id] = [.. worlds.SelectMany(change).OfType<ModelTask>().DistinctBy(task => task.ToString())];
            if (_tasks[id].Count == 0)
            {
                Assert.Fail($"This cannot happen to {id}:\n{string.Join('\n', worlds)}");
            }
        }
    }

    private async Task CompareAsync()
    {
        var last = Told.Count;
        var told = await Any()
            .UseAsync(
                (AppDbContext context) =>
                    context
                        .Notifications.AsNoTracking()
                        .Where(notification => notification.Sequence > last)
                        .OrderBy(notification => notification.Sequence)
                        .ToListAsync()
            );
        Told.AddRange(told);
        Assert.That(told.Select(of => of.Sequence), Is.EqualTo(told.Select((_, index) => (long)last + index + 1)));
        Assert.That(told.Select(of => of.CreatedAt), Is.All.EqualTo(Now));
        Assert.That(told.Select(of => of.TaskId).Except(_tasks.Keys), Is.Empty);
        foreach (var (id, worlds) in _tasks)
        {
            var actual = Names(told.Where(notification => notification.TaskId == id).Select(Notifications.Told.Of));
            _tasks[id] =
            [
                .. worlds
                    .Where(task => Names(task.Unseen) == actual)
                    .Select(task => task with { Unseen = [] })
                    .DistinctBy(task => task.ToString()),
            ];
            if (_tasks[id].Count == 0)
            {
                Assert.Fail($"{id} has told [{actual}] instead of\n{string.Join('\n', worlds)}");
            }
        }
    }

    private static string Names(IEnumerable<Told> told) => string.Join("; ", told.Select(of => $"{of}").Order());

    private void StartAll()
    {
        for (var index = 0; index < _servers.Length; index++)
        {
            _servers[index] ??= database.Start(services => services.AddSingleton<TimeProvider>(_clock));
        }
    }

    private async Task StopAsync(int index)
    {
        if (_servers[index] is { } server)
        {
            _servers[index] = null;
            await server.DisposeAsync();
        }
    }

    private Instance Any()
    {
        var running = Running.ToArray();
        return running[_random.Next(running.Length)];
    }

    private Instance[] Some() => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Any()).Distinct()];

    private void Note(string step) => _steps.Add($"{_steps.Count} {Now:dd HH:mm:ss.fff}Z {step}");
}
