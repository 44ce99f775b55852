using System.Collections.Concurrent;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>An app of a user over a connection that fails, with a file as its store, whose process is killed again and again.</summary>
internal sealed class UnreliableApp : ITokenStore, IAsyncDisposable
{
    private readonly string _path;
    private readonly FaultyProxy _proxy;
    private readonly FitnessifyOptions _options;
    private readonly FitnessifySession _session;
    private readonly FileOfflineStore _file;

    // Only the sync uses it: in its callback, and for the write that a kill cuts.
    private readonly Random _random;
    private TokensDto? _tokens;
    private MortalStore _store = null!;
    private CancellationTokenSource _process = null!;

    private UnreliableApp(string path, string address, TokensDto tokens, int seed)
    {
        (_path, _tokens, _random) = (path, tokens, new Random(seed));
        _proxy = new FaultyProxy(address, seed);
        _file = new FileOfflineStore(path);
        _options = new FitnessifyOptions { Tokens = this, RetryDelay = TimeSpan.FromMilliseconds(2) };
        (_options.Timeout, _options.ConnectTimeout) = (TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.4));
        _session = new FitnessifySession(_proxy.Address, _options);
    }

    public OfflineReplica Replica { get; private set; } = null!;

    /// <summary>Gets the sync that runs in the background. It completes without an exception unless the failure is not a documented one.</summary>
    public Task Syncing { get; private set; } = Task.CompletedTask;

    /// <summary>Gets the id of the task or list of each conflict.</summary>
    public ConcurrentQueue<Guid> Conflicts { get; } = [];

    public int Kills { get; private set; }

    /// <summary>Gets how many kills have left a part of a write in the file.</summary>
    public int TornWrites { get; private set; }

    /// <summary>Gets how often a deleted task was restored to settle a conflict, or more often.</summary>
    public int Restored { get; private set; }

    public int Faults => _proxy.Faults.Values.Sum();

    /// <summary>Signs the user in on a new device, and opens the app there.</summary>
    /// <param name="path">The file of the store.</param>
    /// <param name="address">The address of the server.</param>
    /// <param name="username">The user.</param>
    /// <param name="seed">Determines the faults of the connection and the answers to conflicts.</param>
    public static async Task<UnreliableApp> OpenAsync(string path, string address, string username, int seed)
    {
        using var direct = new FitnessifySession(address);
        var tokens = await direct.SignInAsync(username, Server.Password);
        var app = new UnreliableApp(path, address, tokens, seed);
        await app.StartAsync();
        return app;
    }

    /// <summary>Syncs in the background unless it does already.</summary>
    public void StartSync() =>
        Syncing = Syncing.IsCompletedSuccessfully ? Task.Run(() => SyncAsync(_process.Token)) : Syncing;

    /// <summary>Kills the app amid a write of its sync, or else at the end of the sync, and starts it again.</summary>
    /// <param name="writes">How many writes the sync makes before.</param>
    public async Task KillDuringSyncAsync(int writes)
    {
        await Task.WhenAny(_store.KillAfter(writes), Syncing);
        await KillAsync();
    }

    /// <summary>Kills the app, in the midst of requests, and starts it again.</summary>
    public async Task KillAsync()
    {
        await _store.KillAsync();
        await _process.CancelAsync();
        await Syncing;
        _process.Dispose();
        Kills++;
        TornWrites += _store.IsTorn ? 1 : 0;
        await StartAsync();
    }

    /// <summary>Syncs without further faults, and with time for long batches.</summary>
    public async Task FinishAsync()
    {
        _proxy.IsFaulty = false;
        (_options.Timeout, _options.ConnectTimeout) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        await Syncing;
        await Replica.SyncAsync();
    }

    public override string ToString() =>
        $"{Conflicts.Count} conflicts, {Faults} faults, {Kills} kills, {TornWrites} torn writes";

    public async ValueTask DisposeAsync()
    {
        await Replica.DisposeAsync();
        await _process.CancelAsync();
        _process.Dispose();
        _session.Dispose();
        await _proxy.DisposeAsync();
    }

    Task<TokensDto?> ITokenStore.GetAsync(CancellationToken cancellationToken) => Task.FromResult(_tokens);

    Task ITokenStore.SetAsync(TokensDto tokens, CancellationToken cancellationToken) =>
        Task.FromResult(_tokens = tokens);

    Task ITokenStore.ClearAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Signed out.");

    private async Task StartAsync()
    {
        _process = new CancellationTokenSource();
        _store = new MortalStore(_file, _path, _random);
        Replica = await _session.OfflineAsync(_store, new OfflineOptions { OnConflict = ResolveAsync });
    }

    private async Task SyncAsync(CancellationToken killed)
    {
        try
        {
            await Replica.SyncAsync(killed);
        }
        catch (Exception failure)
            when (failure is ConnectionException or (FitnessifyException and not SignedOutException))
        {
            // This is an intended failure of the connection.
        }
        catch (Exception failure) when (_store.IsDead && failure is IOException or OperationCanceledException)
        {
            // The app was killed.
        }
    }

    private Task<OfflineResolution> ResolveAsync(OfflineConflict conflict, CancellationToken cancellationToken)
    {
        Conflicts.Enqueue(conflict.Id);
        var resolution = _random.NextDouble() switch
        {
            < 0.4 => OfflineResolution.Mine,
            < 0.6 when conflict is TaskConflict => OfflineResolution.Patch(
                new TaskPatch { Title = $"Agreed {Conflicts.Count}" }
            ),
            _ => OfflineResolution.Theirs,
        };
        Restored += conflict is TaskConflict { Theirs: null } && resolution != OfflineResolution.Theirs ? 1 : 0;
        return Task.FromResult(resolution);
    }
}
