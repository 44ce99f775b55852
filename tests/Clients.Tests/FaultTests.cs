using System.Diagnostics;
using System.Threading.Channels;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>Runs an app as docs/offline-sync.md describes it, whose connection to the server fails all the time.</summary>
public sealed class FaultTests : ITokenStore
{
    private const int Steps = 500;

    // The limit covers four attempts, each perhaps after a refresh, and the time that the machine needs.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds((4 * (0.4 + 0.4)) + 3);
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(20260314);
    private readonly Dictionary<Guid, TaskDto> _copies = [];

    // These are all changes of the user, wherever they are by now.
    private readonly Dictionary<Guid, string> _wanted = [];
    private readonly Queue<Func<Task>> _waiting = [];
    private readonly Channel<Guid> _arrivals = Channel.CreateUnbounded<Guid>();
    private FitnessifySession _session = null!;
    private TokensDto? _tokens;
    private string? _since;
    private TimeSpan _longest;

    [TearDown]
    public void Close() => _session.Dispose();

    [Test]
    public async Task Five_hundred_calls_over_an_unreliable_connection_end_with_equal_data_on_both_sides()
    {
        using var direct = await SharedServer.Instance.SignUpAsync();
        var username = (await direct.Api.Users.GetMeAsync()).Username;
        using var signIn = new FitnessifySession(SharedServer.Instance.Address);
        _tokens = await signIn.SignInAsync(username, Server.Password);
        await using var proxy = new FaultyProxy(SharedServer.Instance.Address, seed: 20260314);
        var options = new FitnessifyOptions { Tokens = this, RetryDelay = TimeSpan.FromMilliseconds(2) };
        (options.Timeout, options.ConnectTimeout) = (TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.4));
        _session = new FitnessifySession(proxy.Address, options);
        using var stop = new CancellationTokenSource();
        var listening = ListenAsync(stop.Token);

        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(step);
            if (step % 2 == 0)
            {
                await RunAsync(PushAsync);
            }
        }

        proxy.IsFaulty = false;
        await PushAsync();
        await PullAsync();
        var stored = await ReadAllAsync(direct);
        Assert.That(stored.ToDictionary(of => of.Id, of => of.Title), Is.EquivalentTo(_wanted));
        Assert.That(
            _copies.Values.Select(copy => (copy.Id, copy.Version, copy.Title)),
            Is.EquivalentTo(stored.Select(task => (task.Id, task.Version, task.Title)))
        );
        Assert.That(_longest, Is.LessThan(Limit));
        Assert.That(proxy.Faults, Has.Count.EqualTo(8));

        // Every notification has arrived once. The client may just have begun its longest pause between two connections, of 30 s.
        List<Guid> received = [];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (received.Count < (await NotificationIdsAsync(direct)).Count)
        {
            received.Add(await _arrivals.Reader.ReadAsync(limit.Token));
        }

        Assert.That(received, Is.EquivalentTo(await NotificationIdsAsync(direct)));
        await stop.CancelAsync();
        await listening;
    }

    private async Task StepAsync(int step)
    {
        Guid[] ids = [.. _wanted.Keys];
        var (kind, id) = (_random.NextDouble(), ids.Length > 0 ? ids[_random.Next(ids.Length)] : Guid.Empty);
        if (kind < 0.3 || id == Guid.Empty)
        {
            Create($"Task {step}", _random.NextDouble() < 0.3 ? LongAgo : null);
        }
        else if (kind < 0.55)
        {
            _wanted[id] = $"Changed {step}";
            var patch = new TaskPatch { Title = _wanted[id] };
            _waiting.Enqueue(async () => _copies[id] = await SendAsync(id, patch, _copies[id]));
        }
        else if (kind < 0.65)
        {
            _wanted.Remove(id);
            _waiting.Enqueue(() => DeleteAsync(id));
        }
        else if (kind < 0.85)
        {
            await RunAsync(PullAsync);
        }
        else
        {
            await Task.WhenAll(
                RunAsync(() => TimeAsync(() => _session.Api.Tasks.ListAsync())),
                RunAsync(() => TimeAsync(() => _session.Api.Tasks.GetSummaryAsync())),
                RunAsync(() => TimeAsync(() => _session.Api.Users.GetMeAsync()))
            );
        }
    }

    private void Create(string title, DateTimeOffset? dueAt)
    {
        var id = Guid.NewGuid();
        _wanted[id] = title;
        _waiting.Enqueue(async () =>
            _copies[id] = await _session.CreateTaskAsync(new() { Title = title, DueAt = dueAt }, id)
        );
    }

    private async Task DeleteAsync(Guid id)
    {
        try
        {
            await _session.Api.Tasks.DeleteAsync(id);
        }
        catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.NotFound)
        {
            // The task was deleted as requested.
        }

        _copies.Remove(id);
    }

    private async Task<TaskDto> SendAsync(Guid id, TaskPatch patch, TaskDto copy)
    {
        try
        {
            return await _session.Api.Tasks.PatchAsync(id, patch, copy.ETag());
        }
        catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.PreconditionFailed)
        {
            return await SendAsync(id, patch, refusal.Current<TaskDto>()!);
        }
    }

    private async Task PushAsync()
    {
        while (_waiting.TryPeek(out var oldest))
        {
            await TimeAsync(oldest);
            _waiting.Dequeue();
        }
    }

    private async Task PullAsync()
    {
        await foreach (var page in _session.SyncAsync(_since))
        {
            foreach (var change in page.Items)
            {
                if (change.Deleted)
                {
                    _copies.Remove(change.Id);
                }
                else if (!_copies.TryGetValue(change.Id, out var copy) || copy.Version < change.Task!.Version)
                {
                    _copies[change.Id] = change.Task!;
                }
            }

            _since = page.Next;
        }
    }

    // A call may fail only with a documented error.
    private async Task RunAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception failure)
            when (failure is ConnectionException or (FitnessifyException and not SignedOutException))
        {
            // This is an intended failure of the connection.
        }
    }

    private async Task TimeAsync(Func<Task> call)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await call();
        }
        finally
        {
            _longest = clock.Elapsed > _longest ? clock.Elapsed : _longest;
        }
    }

    // The stream ends, too, if the proxy says twice that the token has expired.
    private async Task ListenAsync(CancellationToken stop)
    {
        var last = Guid.Empty;
        try
        {
            while (true)
            {
                await RunAsync(async () =>
                {
                    await foreach (var notification in _session.NotificationsAsync(last, stop))
                    {
                        last = notification.Id;
                        await _arrivals.Writer.WriteAsync(last, stop);
                    }
                });
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private static async Task<List<TaskDto>> ReadAllAsync(FitnessifySession session)
    {
        List<TaskDto> all = [];
        string? cursor = null;
        do
        {
            var page = await session.Api.Tasks.ListAsync(limit: 200, cursor: cursor);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);

        return all;
    }

    private static async Task<List<Guid>> NotificationIdsAsync(FitnessifySession session) =>
        [.. (await session.Api.Notifications.ListAsync(limit: 200)).Items.Select(of => of.Id)];

    Task<TokensDto?> ITokenStore.GetAsync(CancellationToken cancellationToken) => Task.FromResult(_tokens);

    Task ITokenStore.SetAsync(TokensDto tokens, CancellationToken cancellationToken) =>
        Task.FromResult(_tokens = tokens);

    Task ITokenStore.ClearAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Signed out.");
}
