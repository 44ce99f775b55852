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

    /// <summary>A call is sent at most this many times.</summary>
    public int Attempts { get; set; } = 4;

    /// <summary>The total time that a call waits between its attempts. The call fails at once when the server asks for a longer wait.</summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The first pause between attempts; each further pause is twice as long.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The time limit of one attempt, including the body of the response.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit of a refresh with all its attempts, and of connecting the stream.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The stream must stay connected for this long before its pauses start again at <see cref="Pause"/>.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMinutes(1);

    private sealed class MemoryTokenStore : ITokenStore
    {
        private TokensDto? _tokens;

        public Task<TokensDto?> GetAsync() => Task.FromResult(_tokens);

        public Task SetAsync(TokensDto tokens) => Task.FromResult(_tokens = tokens);

        public Task ClearAsync() => Task.FromResult(_tokens = null);
    }
}
