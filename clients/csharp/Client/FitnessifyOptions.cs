namespace Fitnessify.Client;

/// <summary>The options control how a session stores tokens, retries and connects.</summary>
public sealed class FitnessifyOptions
{
    /// <summary>The token store; by default it keeps the tokens in memory.</summary>
    public ITokenStore Tokens { get; set; } = new MemoryTokenStore();

    /// <summary>
    /// The session calls this after each change of its tokens that it makes or finds in the store: a sign-in, a refresh, and once the
    /// end of the session, whatever the reason.
    /// </summary>
    /// <remarks>
    /// It is called on any thread, for one change at a time and in their order, once the tokens are stored or deleted. The call that has
    /// led to the change completes afterwards, unless other changes are reported at the same time. The function may wait for calls of the
    /// session; a change that they make is reported once the function has returned. What it throws does not affect the session;
    /// <see cref="TaskScheduler"/> reports it as an unobserved exception.
    /// </remarks>
    public Action<SessionState>? OnStateChanged { get; set; }

    /// <summary>
    /// This handler sends the requests in place of the default handler of the platform. The session does not dispose it. A chain of
    /// <see cref="DelegatingHandler"/> sees each attempt of each call with all headers, the access token included.
    /// </summary>
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

    /// <summary>
    /// The time limit of one attempt, including the body of the response; by default 30 s. <see cref="FitnessifyApi.WithTimeout"/> sets
    /// another one for a call.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit of a refresh with all its attempts, and of connecting the stream; by default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A stream that stays connected for this long makes its next delay start again at <see cref="RetryDelay"/>; by default a
    /// minute.
    /// </summary>
    public TimeSpan RetryDelayResetAfter { get; set; } = TimeSpan.FromMinutes(1);
}
