namespace Fitnessify.Client;

/// <summary>The store keeps the tokens of a device. It must be as safe as a store of passwords.</summary>
public interface ITokenStore
{
    /// <summary>Returns the tokens, or null if there are none.</summary>
    Task<TokensDto?> GetAsync();

    /// <summary>Replaces the stored tokens.</summary>
    Task SetAsync(TokensDto tokens);

    /// <summary>Deletes the stored tokens.</summary>
    Task ClearAsync();
}

/// <summary>The options control how a session stores tokens, retries and connects.</summary>
public sealed class FitnessifyOptions
{
    /// <summary>The token store; by default it keeps the tokens in memory.</summary>
    public ITokenStore Tokens { get; set; } = new MemoryTokenStore();

    /// <summary>The client calls this once when the server has ended the session.</summary>
    public Action<SignedOutException>? OnSignedOut { get; set; }

    /// <summary>This handler sends the requests in place of the default handler of the platform.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>A call is sent at most this many times, the first attempt included; by default 4.</summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>
    /// The longest total time that a call waits between its attempts; by default 20 s. The call fails at once when the server asks
    /// for a longer wait.
    /// </summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The delay before the second attempt and before the stream reconnects; by default 250 ms. Each further delay is twice as
    /// long, up to 30 s, and shortened at random by at most half. A <c>Retry-After</c> of the server takes its place.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The time limit of one attempt, including the body of the response; by default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit of a refresh with all its attempts, and of connecting the stream; by default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A stream that stays connected for this long makes its next delay start again at <see cref="RetryDelay"/>; by default a
    /// minute.
    /// </summary>
    public TimeSpan RetryDelayResetAfter { get; set; } = TimeSpan.FromMinutes(1);

    private sealed class MemoryTokenStore : ITokenStore
    {
        private TokensDto? _tokens;

        public Task<TokensDto?> GetAsync() => Task.FromResult(_tokens);

        public Task SetAsync(TokensDto tokens) => Task.FromResult(_tokens = tokens);

        public Task ClearAsync() => Task.FromResult(_tokens = null);
    }
}
