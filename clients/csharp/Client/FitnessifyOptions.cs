namespace Fitnessify.Client;

/// <summary>Where the tokens of a device lie: as safe as a password.</summary>
public interface ITokenStore
{
    /// <summary>The tokens, if there are any.</summary>
    Task<TokensDto?> GetAsync();

    /// <summary>Keeps them in place of the ones before.</summary>
    Task SetAsync(TokensDto tokens);

    /// <summary>Forgets them.</summary>
    Task ClearAsync();
}

/// <summary>How a session behaves.</summary>
public sealed class FitnessifyOptions
{
    /// <summary>By default in memory.</summary>
    public ITokenStore Tokens { get; set; } = new MemoryTokenStore();

    /// <summary>Called once when the server has ended the session.</summary>
    public Action<SignedOutException>? OnSignedOut { get; set; }

    /// <summary>In place of the platform's own.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>How often a call is sent at most.</summary>
    public int Attempts { get; set; } = 4;

    /// <summary>How long a call waits between its attempts, all together. Told to wait longer, it fails at once.</summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The first of the pauses, which double.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one attempt of a call may take, its body included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a refresh may take with all its attempts, and how long the stream may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the stream has to stand before its pauses begin anew.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMinutes(1);

    private sealed class MemoryTokenStore : ITokenStore
    {
        private TokensDto? _tokens;

        public Task<TokensDto?> GetAsync() => Task.FromResult(_tokens);

        public Task SetAsync(TokensDto tokens) => Task.FromResult(_tokens = tokens);

        public Task ClearAsync() => Task.FromResult(_tokens = null);
    }
}
