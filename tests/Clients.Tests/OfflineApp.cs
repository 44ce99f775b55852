using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>An app on a device of a user, with a replica whose process can be killed.</summary>
internal sealed class OfflineApp : IAsyncDisposable
{
    private readonly IOfflineStore _store;
    private readonly OfflineOptions _options;
    private MortalStore _mortal = null!;

    private OfflineApp(FitnessifySession session, Line line, IOfflineStore store, OfflineOptions options) =>
        (Session, Line, _store, _options) = (session, line, store, options);

    public FitnessifySession Session { get; }

    public Line Line { get; }

    public OfflineReplica Replica { get; private set; } = null!;

    /// <summary>Opens the replica of a device.</summary>
    /// <param name="address">The address of the server.</param>
    /// <param name="username">The user who signs in, or null.</param>
    public static async Task<OfflineApp> OpenAsync(
        string address,
        string? username = null,
        OfflineOptions? options = null,
        IOfflineStore? store = null
    )
    {
        var line = new Line();
        var delay = TimeSpan.FromMilliseconds(1);
        var session = new FitnessifySession(address, new() { Handler = line, RetryDelay = delay });
        if (username is not null)
        {
            await session.SignInAsync(username, Server.Password);
        }

        var app = new OfflineApp(session, line, store ?? new MemoryOfflineStore(), options ?? new());
        await app.ReopenAsync();
        return app;
    }

    /// <summary>Ends the process as kill -9 does, and starts it again with what is in the store.</summary>
    public async Task KillAsync()
    {
        await _mortal.KillAsync();
        await ReopenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Replica.DisposeAsync();
        Session.Dispose();
        Line.Dispose();
    }

    private async Task ReopenAsync()
    {
        _mortal = new MortalStore(_store);
        Replica = await Session.OfflineAsync(_mortal, _options);
    }
}
