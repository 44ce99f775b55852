using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The device of a user, signed in or not, whose connection can be disturbed.</summary>
internal sealed class Device : ITokenStore
{
    private TokensDto? _tokens;

    private Device() { }

    public Line Line { get; } = new();

    /// <summary>Gets all changes of the sessions of this device.</summary>
    public List<SessionState> States { get; } = [];

    /// <summary>Gets the reasons for which the server has ended sessions.</summary>
    public IReadOnlyList<SignedOutException> SignedOut =>
        [.. States.Select(state => state.Reason).OfType<SignedOutException>()];

    public FitnessifySession Session { get; private set; } = null!;

    public FitnessifyApi Api => Session.Api;

    /// <summary>Gets the stored tokens, or replaces them as another process would.</summary>
    public TokensDto? Tokens
    {
        get => Volatile.Read(ref _tokens);
        set => Volatile.Write(ref _tokens, value);
    }

    public static async Task<Device> SignUpAsync(Server server)
    {
        var device = new Device();
        device.Session = await server.SignUpAsync(device.Options());
        return device;
    }

    /// <summary>Creates a device without a session.</summary>
    public static Device Create(string address)
    {
        var device = new Device();
        device.Session = new FitnessifySession(address, device.Options());
        return device;
    }

    /// <summary>Starts the app again with the tokens that are stored.</summary>
    public void Restart(string address) => Session = new FitnessifySession(address, Options());

    /// <summary>Creates another session of the same user over the same connection, with short timeouts.</summary>
    public FitnessifySession WithShortTimeouts(Server server, Action<FitnessifyOptions>? more = null) =>
        WithShortTimeouts(server.Address, more);

    /// <inheritdoc cref="WithShortTimeouts(Server, Action{FitnessifyOptions}?)" />
    public FitnessifySession WithShortTimeouts(string address, Action<FitnessifyOptions>? more = null)
    {
        var options = Options();
        options.Timeout = TimeSpan.FromMilliseconds(500);
        options.ConnectTimeout = TimeSpan.FromMilliseconds(300);
        more?.Invoke(options);
        return new FitnessifySession(address, options);
    }

    /// <param name="retryDelay">The first delay between attempts in milliseconds.</param>
    public FitnessifyOptions Options(int retryDelay = 5) =>
        new()
        {
            Tokens = this,
            Handler = Line,
            OnStateChanged = States.Add,
            RetryDelay = TimeSpan.FromMilliseconds(retryDelay),
        };

    // A real store does not complete at once either.
    async Task<TokensDto?> ITokenStore.GetAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Tokens;
    }

    async Task ITokenStore.SetAsync(TokensDto tokens, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Tokens = tokens;
    }

    async Task ITokenStore.ClearAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Tokens = null;
    }
}
