using System.Runtime.CompilerServices;

namespace Fitnessify.Client;

/// <summary>A session represents one device, signed in or not. Its members are safe for concurrent use.</summary>
public sealed partial class FitnessifySession : IApiSender, IDisposable
{
    private readonly FitnessifyOptions _options;
    private readonly HttpClient _http;
    private readonly Random _random = new();
    private readonly object _lock = new();
    private Task<TokensDto>? _refreshing;
    private EndedSession? _ended;
    private int _signIns;

    /// <summary>Creates a session with the server at the address, which does not include <c>/api/v1</c>.</summary>
    public FitnessifySession(string address, FitnessifyOptions? options = null)
    {
        _options = options ?? new FitnessifyOptions();
        _http = _options.Handler is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient();
        _http.BaseAddress = new Uri(address.TrimEnd('/') + "/");
        // Each attempt has its own time limit.
        _http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        Api = new FitnessifyApi(this);
    }

    /// <summary>The API offers all routes and sends the tokens of this session.</summary>
    public FitnessifyApi Api { get; }

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
    public Task<TokensDto> SignInAsync(string login, string password, string? device = null) =>
        SignInWithAsync(
            (api, guestToken) =>
            {
                var body = new LoginUserCommand { Login = login, Password = password };
                body.Device = device;
                if (guestToken is not null)
                {
                    (body.DeviceToken, body.GuestToken) = (guestToken, guestToken);
                }

                return api.Auth.LoginAsync(body);
            }
        );

    /// <summary>
    /// Signs in with any route that returns tokens, and stores them. Nothing is merged, and a guest that the device has been is lost,
    /// except after the second factor, whose first step has brought the token along.
    /// </summary>
    public Task<TokensDto> SignInWithAsync(Func<FitnessifyApi, Task<TokensDto>> step) =>
        SignInWithAsync((api, _) => step(api));

    /// <summary>Signs in with any route that returns tokens, and stores them.</summary>
    /// <param name="step">
    /// Calls the route. It gets the refresh token of the device, or null, as <c>GuestToken</c> for the routes that take it. A member's
    /// token merges nothing, so that it is safe to send.
    /// </param>
    public async Task<TokensDto> SignInWithAsync(Func<FitnessifyApi, string?, Task<TokensDto>> step)
    {
        // A merge ends the session of the guest. Other calls may learn of that before the answer is here, and must not report it.
        Interlocked.Increment(ref _signIns);
        try
        {
            // The step is code of the app, so it runs where the app has made this call.
            var former = await _options.Tokens.GetAsync().ConfigureAwait(true);
            var tokens = await step(Api, former?.RefreshToken).ConfigureAwait(false);
            // It may return anything; only complete tokens are stored.
            if (tokens is not { AccessToken.Length: > 0, RefreshToken.Length: > 0 })
            {
                throw new ConnectionException("The sign-in got an answer without tokens.");
            }

            await _options.Tokens.SetAsync(tokens).ConfigureAwait(false);
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

    /// <summary>Ends the session. The tokens are deleted even if the server cannot be reached, in which case the method throws.</summary>
    public async Task SignOutAsync()
    {
        var tokens = await _options.Tokens.GetAsync().ConfigureAwait(false);
        await _options.Tokens.ClearAsync().ConfigureAwait(false);
        if (tokens is not null)
        {
            await Api.Auth.LogoutAsync(new() { RefreshToken = tokens.RefreshToken }).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Refreshes the tokens, once for all concurrent calls. This happens automatically when the access token has expired. If the
    /// session of the expired tokens is not that of the device any more, the method fails with <see cref="SignedOutException"/>.
    /// </summary>
    public async Task<TokensDto> RefreshAsync(TokensDto? expired = null)
    {
        Task<TokensDto> refreshing;
        lock (_lock)
        {
            refreshing = _refreshing is { IsCompleted: false } ? _refreshing : _refreshing = RotateTokensAsync(expired);
        }

        var tokens = await refreshing.ConfigureAwait(false);
        // Another user may have signed in meanwhile, with whose tokens a call of the former session must not be repeated.
        return expired is null || tokens.SessionId == expired.SessionId ? tokens : throw EndOf(expired);
    }

    /// <summary>
    /// Returns the changes since the stored <c>Next</c>, page by page. After SyncTokenExpired or InvalidSyncToken, discard the local
    /// tasks and lists and start again with null.
    /// </summary>
    public async IAsyncEnumerable<ChangesDto> SyncAsync(
        string? since = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (ChangesDto? page = null; page?.HasMore is not false; since = page.Next)
        {
            page = await Api.Changes.ListAsync(since, 200, cancellationToken).ConfigureAwait(false);
            yield return page;
        }
    }

    /// <summary>Closes the connections. The session on the server continues.</summary>
    public void Dispose() => _http.Dispose();

    Task<T> IApiSender.SendAsync<T>(ApiRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, ReadAsync<T>, null, cancellationToken);

    private async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<HttpResponseMessage, Task<T>> read,
        TimeSpan? timeLimit,
        CancellationToken ct
    )
    {
        var tokens = await _options.Tokens.GetAsync().ConfigureAwait(false);
        for (var isRefreshed = false; ; isRefreshed = true)
        {
            try
            {
                return await TryAsync(request, tokens?.AccessToken, read, timeLimit, ct).ConfigureAwait(false);
            }
            catch (FitnessifyException refusal) when (tokens is not null)
            {
                if (isRefreshed || refusal.Code != ErrorCode.TokenExpired)
                {
                    throw await SignedOutByAsync(refusal, tokens).ConfigureAwait(false);
                }
            }

            // Other calls share the refresh, so cancelling this call must not cancel it.
            tokens = await UnlessCancelledAsync(RefreshAsync(tokens), ct).ConfigureAwait(false);
        }
    }

    // A call is retried after 429 and 503, and without a response only when it is idempotent (RFC 9110, 9.2.2).
    private async Task<T> TryAsync<T>(
        ApiRequest request,
        string? accessToken,
        Func<HttpResponseMessage, Task<T>> read,
        TimeSpan? timeLimit,
        CancellationToken ct
    )
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var isLost = false;
        for (var (attempt, waited) = (1, TimeSpan.Zero); ; attempt++)
        {
            Exception failure;
            try
            {
                var remaining = timeLimit - clock.Elapsed;
                var limit = remaining < _options.Timeout ? remaining.Value : _options.Timeout;
                return await AttemptAsync(request, accessToken, read, limit, ct).ConfigureAwait(false);
            }
            catch (Exception caught) when (caught is FitnessifyException or ConnectionException)
            {
                failure = caught;
            }

            var refusal = failure as FitnessifyException;
            // An earlier attempt may have succeeded although its response was lost; the call has not failed then.
            if (isLost && refusal is not null && request.WasDone(refusal))
            {
                return refusal.Current<T>()!;
            }

            isLost |= refusal is null;
            var wait = refusal?.RetryAfter ?? DelayAfter(attempt);
            var isRetryable = refusal?.Status is 429 or 503 || (refusal is null && request.IsRepeatable);
            var isLate = timeLimit is { } end && clock.Elapsed + wait >= end;
            if (!isRetryable || attempt >= _options.MaxAttempts || (waited += wait) > _options.RetryTimeout || isLate)
            {
                throw failure;
            }

            await Task.Delay(wait, ct).ConfigureAwait(false);
        }
    }

    private async Task<T> AttemptAsync<T>(
        ApiRequest request,
        string? accessToken,
        Func<HttpResponseMessage, Task<T>> read,
        TimeSpan limit,
        CancellationToken ct
    )
    {
        ct.ThrowIfCancellationRequested();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
        cancellation.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
        try
        {
            // Cancellation takes effect at once even if the handler ignores the token.
            return await UnlessCancelledAsync(ExchangeAsync(cancellation.Token), cancellation.Token)
                .ConfigureAwait(false);
        }
        catch (Exception cause)
            when (cause
                    is HttpRequestException
                        or IOException
                        or OperationCanceledException
                        or System.Text.Json.JsonException
            )
        {
            ct.ThrowIfCancellationRequested();
            throw new ConnectionException($"{request.Method} {request.Path} got no answer of the server.", cause);
        }

        async Task<T> ExchangeAsync(CancellationToken cancelled)
        {
            using var message = request.ToMessage(accessToken);
            // An incomplete body counts as no response.
            var answer = await _http.SendAsync(message, request.Completion, cancelled).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? await read(answer).ConfigureAwait(false)
                : throw await FitnessifyException.ReadAsync(answer).ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            return await ApiJson.ReadAsync<T>(answer).ConfigureAwait(false);
        }
    }

    // The task itself keeps running after a cancellation, because other callers may wait for it.
    private static async Task<T> UnlessCancelledAsync<T>(Task<T> task, CancellationToken ct)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (ct.Register(() => cancelled.TrySetResult(true)))
        {
            if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
            {
                // The exception is observed, because no caller waits for the task any more.
                _ = task.ContinueWith(static abandoned => abandoned.Exception, TaskScheduler.Default);
                ct.ThrowIfCancellationRequested();
            }
        }

        return await task.ConfigureAwait(false);
    }

    private async Task<TokensDto> RotateTokensAsync(TokensDto? expired)
    {
        var old = await _options.Tokens.GetAsync().ConfigureAwait(false);
        if (old is null && expired is not null)
        {
            // Another call has learned of the end of the session, or the user has signed out. The server is not asked: if it did
            // not get the sign-out, it would renew the session.
            throw EndOf(expired);
        }

        if (old is not null && expired is not null && old.AccessToken != expired.AccessToken)
        {
            return old; // Another call has already refreshed them.
        }

        try
        {
            var body = new RefreshTokensCommand { RefreshToken = old?.RefreshToken ?? "" };
            // The server accepts the same refresh token again for a short time after a lost response.
            var request = new ApiRequest("POST", "api/v1/auth/refresh") { IsRepeatable = true }.WithBody(body);
            var timeLimit = _options.ConnectTimeout;
            var tokens = await TryAsync(request, null, ReadAsync<TokensDto>, timeLimit, default).ConfigureAwait(false);
            var now = await _options.Tokens.GetAsync().ConfigureAwait(false);
            // The stored tokens differ when the user has signed in or out in the meantime.
            if (old is not null && now?.RefreshToken == old.RefreshToken)
            {
                await _options.Tokens.SetAsync(tokens).ConfigureAwait(false);
            }

            return tokens;
        }
        catch (FitnessifyException refusal) when (old is not null)
        {
            throw await SignedOutByAsync(refusal, old).ConfigureAwait(false);
        }
    }

    // Several calls may learn of the end, even at the same time; only the first one reports it.
    private async Task<FitnessifyException> SignedOutByAsync(FitnessifyException refusal, TokensDto tokens)
    {
        var signedOut = refusal.AsSignedOut();
        var now = await _options.Tokens.GetAsync().ConfigureAwait(false);
        if (signedOut is not null && Volatile.Read(ref _signIns) == 0 && now?.SessionId == tokens.SessionId)
        {
            EndedSession ended;
            lock (_lock)
            {
                // A call that finds no tokens any more needs the reason, so it is known before they are cleared.
                ended =
                    _ended?.Id == tokens.SessionId ? _ended : _ended = new EndedSession(tokens.SessionId, signedOut);
            }

            await _options.Tokens.ClearAsync().ConfigureAwait(false);
            if (ended.TryReport())
            {
                _options.OnSignedOut?.Invoke(ended.Reason);
            }
        }

        return signedOut ?? refusal;
    }

    private SignedOutException EndOf(TokensDto tokens)
    {
        lock (_lock)
        {
            return _ended?.Id == tokens.SessionId ? _ended.Reason : FitnessifyException.SignedOut();
        }
    }

    private TimeSpan DelayAfter(int failures)
    {
        lock (_lock)
        {
            // The delay is random, so that clients do not all reconnect at the same time.
            var delay = _options.RetryDelay.TotalMilliseconds * Math.Pow(2, failures - 1);
            return TimeSpan.FromMilliseconds(Math.Min(30_000, delay) * (1 + _random.NextDouble()) / 2);
        }
    }

    private sealed class EndedSession(Guid id, SignedOutException reason)
    {
        private int _reports;

        public Guid Id => id;

        public SignedOutException Reason => reason;

        public bool TryReport() => Interlocked.Increment(ref _reports) == 1;
    }
}
