namespace Fitnessify.Client;

/// <summary>A session represents one device, signed in or not. Its members are safe for concurrent use.</summary>
public sealed partial class FitnessifySession : IApiSender, IDisposable
{
    private readonly FitnessifyOptions _options;
    private readonly Func<HttpClient> _http;
    private readonly HttpClient? _ownHttp;
    private readonly Uri _address;
    private readonly Random _random = new();
    private readonly object _lock = new();
    private int _signIns;

    /// <summary>Creates a session with the server at the address, which does not include <c>/api/v1</c>.</summary>
    public FitnessifySession(string address, FitnessifyOptions? options = null)
        : this(CreateHttp(options), address, options) { }

    /// <summary>
    /// Creates a session with the server at the <see cref="HttpClient.BaseAddress"/> of an HTTP client, which does not include
    /// <c>/api/v1</c>. The session does not dispose the client.
    /// </summary>
    /// <remarks>
    /// The <see cref="HttpClient.Timeout"/> of the client, 100 s unless it is set, limits each attempt in addition to
    /// <see cref="FitnessifyOptions.Timeout"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The client has no base address, or the options have a handler of their own.</exception>
    public FitnessifySession(HttpClient http, FitnessifyOptions? options = null)
        : this(() => http, options) { }

    /// <summary>
    /// Creates a session that asks for an HTTP client before each attempt, for instance <c>IHttpClientFactory.CreateClient</c>, whose
    /// clients are for a short use. Apart from that, it is as with a client that stays the same.
    /// </summary>
    /// <exception cref="ArgumentException">The client has no base address, or the options have a handler of their own.</exception>
    public FitnessifySession(Func<HttpClient> http, FitnessifyOptions? options = null)
        : this(http, AddressOf(http()), options)
    {
        if (_options.Handler is not null)
        {
            throw new ArgumentException("The HTTP client has its own handler.", nameof(options));
        }
    }

    private FitnessifySession(HttpClient ownHttp, string address, FitnessifyOptions? options)
        : this(() => ownHttp, address, options) => _ownHttp = ownHttp;

    private FitnessifySession(Func<HttpClient> http, string address, FitnessifyOptions? options)
    {
        _http = http;
        _address = new Uri(address.TrimEnd('/') + "/");
        _options = options ?? new FitnessifyOptions();
        Tokens = new SessionTokens(_options.Tokens, _options.OnStateChanged);
        Api = new FitnessifyApi(this);
    }

    /// <summary>The API offers all routes and sends the tokens of this session.</summary>
    public FitnessifyApi Api { get; }

    internal SessionTokens Tokens { get; }

    /// <summary>
    /// Signs in and stores the tokens. The server asks for a second factor with <see cref="MfaRequiredException"/>. Tokens from an
    /// earlier session identify the device, so that a lockout caused by guessed passwords does not affect it.
    /// </summary>
    /// <remarks>
    /// When the device is a guest, the sign-in moves the tasks and lists of the guest to the account, with MFA too, and the guest is
    /// gone. The tokens then have <c>GuestMerged</c>. The <c>Next</c> of a sync before is not valid for the account, so the sync
    /// begins with null. When the account would have too many tasks or lists, the sign-in fails with LimitReached, and the device
    /// stays the guest.
    /// </remarks>
    public Task<TokensDto> SignInAsync(
        string login,
        string password,
        string? device = null,
        CancellationToken cancellationToken = default
    ) =>
        SignInWithAsync(
            (api, guestToken) =>
            {
                var body = new LoginUserCommand { Login = login, Password = password };
                body.Device = device;
                if (guestToken is not null)
                {
                    (body.DeviceToken, body.GuestToken) = (guestToken, guestToken);
                }

                return api.Auth.LoginAsync(body, cancellationToken);
            },
            cancellationToken
        );

    /// <summary>
    /// Signs in with any route that returns tokens, and stores them. Nothing is merged, and a guest that the device has been is lost,
    /// except after the second factor, whose first step has brought the token along.
    /// </summary>
    /// <param name="step">Calls the route.</param>
    /// <param name="cancellationToken">Ends the wait for the step, which has to hand it to the calls that it makes.</param>
    public Task<TokensDto> SignInWithAsync(
        Func<FitnessifyApi, Task<TokensDto>> step,
        CancellationToken cancellationToken = default
    ) => SignInWithAsync((api, _) => step(api), cancellationToken);

    /// <summary>Signs in with any route that returns tokens, and stores them.</summary>
    /// <param name="step">
    /// Calls the route. It gets the refresh token of the device, or null, as <c>GuestToken</c> for the routes that take it. A member's
    /// token merges nothing, so that it is safe to send.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the step, which has to hand it to the calls that it makes.</param>
    public async Task<TokensDto> SignInWithAsync(
        Func<FitnessifyApi, string?, Task<TokensDto>> step,
        CancellationToken cancellationToken = default
    )
    {
        // A merge ends the session of the guest. Other calls may learn of that before the answer is here, and must not report it.
        Interlocked.Increment(ref _signIns);
        try
        {
            // The step is code of the app, so it runs where the app has made this call. The store is read, because an old token of another
            // process would count as reuse.
            var former = await Tokens.ReadAsync(cancellationToken).ConfigureAwait(true);
            var signingIn = step(Api, former?.RefreshToken);
            var tokens = await UnlessCancelledAsync(signingIn, cancellationToken).ConfigureAwait(false);
            // It may return anything; only complete tokens are stored.
            if (tokens is not { AccessToken.Length: > 0, RefreshToken.Length: > 0 })
            {
                throw new ConnectionException("The sign-in got an answer without tokens.");
            }

            await Tokens.SetAsync(tokens).ConfigureAwait(false);
            return tokens;
        }
        finally
        {
            Interlocked.Decrement(ref _signIns);
        }
    }

    /// <summary>
    /// Creates a task with an id that the device chooses, so that a retry is safe even hours later: it never overwrites a later
    /// change. If the task has changed since, the call fails with PreconditionFailed and has the task as Current.
    /// </summary>
    /// <param name="task">The content of the task.</param>
    /// <param name="id">Any UUID; store it with the unsent task. Null generates one.</param>
    public Task<TaskDto> CreateTaskAsync(
        TaskInput task,
        Guid? id = null,
        CancellationToken cancellationToken = default
    ) => Api.Tasks.ReplaceAsync(id ?? Guid.NewGuid(), task, null, "*", cancellationToken);

    /// <summary>
    /// Ends the session. The tokens are deleted even if the server cannot be reached or the call is canceled, in which case the method
    /// throws.
    /// </summary>
    public async Task SignOutAsync(CancellationToken cancellationToken = default)
    {
        if (await Tokens.ClearAsync().ConfigureAwait(false) is { } tokens)
        {
            var body = new LogoutUserCommand { RefreshToken = tokens.RefreshToken };
            await Api.Auth.LogoutAsync(body, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the connections, except those of a given handler or HTTP client. The session on the server continues.</summary>
    public void Dispose() => _ownHttp?.Dispose();

    private static HttpClient CreateHttp(FitnessifyOptions? options) =>
        new(options?.Handler ?? new HttpClientHandler(), disposeHandler: options?.Handler is null)
        {
            // Each attempt has its own time limit.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };

    private static string AddressOf(HttpClient http) =>
        http.BaseAddress?.AbsoluteUri
        ?? throw new ArgumentException("The HTTP client has no base address.", nameof(http));
}
