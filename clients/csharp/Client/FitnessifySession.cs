using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Fitnessify.Client;

/// <summary>A device that is signed in, or about to be. Its members can be used by several threads at once.</summary>
public sealed class FitnessifySession : IApiSender, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45); // Three heartbeats of the server.

    private readonly FitnessifyOptions _options;
    private readonly HttpClient _http;
    private readonly Random _random = new();
    private readonly object _gate = new();
    private Task<TokensDto>? _refreshing;

    /// <summary>For the server at the address, which is that without <c>/api/v1</c>.</summary>
    public FitnessifySession(string address, FitnessifyOptions? options = null)
    {
        _options = options ?? new FitnessifyOptions();
        _http = _options.Handler is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient();
        _http.BaseAddress = new Uri(address.TrimEnd('/') + "/");
        // Each attempt has a limit of its own.
        _http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        Api = new FitnessifyApi(this);
    }

    /// <summary>All routes, with the tokens of this session.</summary>
    public FitnessifyApi Api { get; }

    /// <summary>
    /// Signs in and keeps the tokens. <see cref="MfaRequiredException"/> asks for a second factor. Tokens that are still kept tell
    /// the server that it knows the device, so that strangers who guess cannot keep it out.
    /// </summary>
    public async Task<TokensDto> SignInAsync(string login, string password, string? device = null)
    {
        var body = new LoginUserCommand { Login = login, Password = password };
        body.Device = device;
        if (await _options.Tokens.GetAsync().ConfigureAwait(false) is { } former)
        {
            body.DeviceToken = former.RefreshToken;
        }

        return await SignInWithAsync(api => api.Auth.LoginAsync(body)).ConfigureAwait(false);
    }

    /// <summary>Signs in by any route that answers with tokens, and keeps them.</summary>
    public async Task<TokensDto> SignInWithAsync(Func<FitnessifyApi, Task<TokensDto>> step)
    {
        var tokens = await step(Api).ConfigureAwait(false);
        // Whatever the step has made of it: nothing else takes the place of tokens.
        if (tokens is not { AccessToken.Length: > 0, RefreshToken.Length: > 0 })
        {
            throw new ConnectionException("The sign-in got an answer without tokens.");
        }

        await _options.Tokens.SetAsync(tokens).ConfigureAwait(false);
        return tokens;
    }

    /// <summary>
    /// Creates a task under an id of the device's own, so that a retry is harmless, also hours later: it changes nothing that has
    /// happened since. When the task is not any more as it was created, that is PreconditionFailed with the task as Current.
    /// </summary>
    /// <param name="task">What it says.</param>
    /// <param name="id">Any UUID; keep it with what waits to be sent. Null makes one.</param>
    public Task<TaskDto> CreateTaskAsync(
        TaskInput task,
        Guid? id = null,
        CancellationToken cancellationToken = default
    ) => Api.Tasks.ReplaceAsync(id ?? Guid.NewGuid(), task, null, "*", cancellationToken);

    /// <summary>Ends the session. The tokens are forgotten even when the server cannot be told, which is then thrown.</summary>
    public async Task SignOutAsync()
    {
        var tokens = await _options.Tokens.GetAsync().ConfigureAwait(false);
        await _options.Tokens.ClearAsync().ConfigureAwait(false);
        if (tokens is not null)
        {
            await Api.Auth.LogoutAsync(new() { RefreshToken = tokens.RefreshToken }).ConfigureAwait(false);
        }
    }

    /// <summary>Buys new tokens, once for all calls that need them; happens by itself when the access token has expired.</summary>
    public Task<TokensDto> RefreshAsync(TokensDto? expired = null)
    {
        lock (_gate)
        {
            return _refreshing is { IsCompleted: false } ? _refreshing : _refreshing = RenewAsync(expired);
        }
    }

    /// <summary>Notifications as they come. Connects again by itself and misses none, until the session ends.</summary>
    /// <remarks>They begin after the one that you know; after an empty id with all that are unread, after null with new ones.</remarks>
    public async IAsyncEnumerable<NotificationDto> NotificationsAsync(
        Guid? after = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (var failures = 1; ; failures++)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Whatever comes between two connections comes after the newest of now.
            var (newest, stream, wait) = await ConnectAsync(after, cancellationToken).ConfigureAwait(false);
            after = newest;
            using var _ = stream;
            var connected = System.Diagnostics.Stopwatch.StartNew();
            await using var events = SseParser.Create(stream).EnumerateAsync(end.Token).GetAsyncEnumerator(end.Token);
            while (await NextAsync(events, end).ConfigureAwait(false) is { } notification)
            {
                after = notification.Id;
                yield return notification;
            }

            failures = stream != Stream.Null && connected.Elapsed >= _options.Quiet ? 0 : failures;
            await Task.Delay(wait ?? PauseAfter(Math.Max(1, failures)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What changed since the <c>Next</c> that you kept; after SyncTokenExpired or InvalidSyncToken, forget all and begin with null.
    /// </summary>
    public async IAsyncEnumerable<TaskChangesDto> SyncAsync(
        string? since = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (TaskChangesDto? page = null; page?.HasMore is not false; since = page.Next)
        {
            page = await Api.Tasks.ListChangesAsync(since, 200, cancellationToken).ConfigureAwait(false);
            yield return page;
        }
    }

    /// <summary>Closes the connections. The session on the server goes on.</summary>
    public void Dispose() => _http.Dispose();

    Task<T> IApiSender.SendAsync<T>(ApiRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, ReadAsync<T>, null, cancellationToken);

    private async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<HttpResponseMessage, Task<T>> read,
        TimeSpan? within,
        CancellationToken ct
    )
    {
        var tokens = await _options.Tokens.GetAsync().ConfigureAwait(false);
        for (var isRefreshed = false; ; isRefreshed = true)
        {
            try
            {
                return await TryAsync(request, tokens?.AccessToken, read, within, ct).ConfigureAwait(false);
            }
            catch (FitnessifyException refusal) when (tokens is not null)
            {
                if (isRefreshed || refusal.Code != ErrorCode.TokenExpired)
                {
                    throw await SignedOutByAsync(refusal, tokens).ConfigureAwait(false);
                }
            }

            // Others wait for it too: who is cancelled leaves them to it.
            tokens = await UnlessCancelledAsync(RefreshAsync(tokens), ct).ConfigureAwait(false);
        }
    }

    // Again where that is safe: after 429 and 503 always, without an answer only when a second time does no harm.
    private async Task<T> TryAsync<T>(
        ApiRequest request,
        string? accessToken,
        Func<HttpResponseMessage, Task<T>> read,
        TimeSpan? within,
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
                var left = within - clock.Elapsed;
                var limit = left < _options.Timeout ? left.Value : _options.Timeout;
                return await AttemptAsync(request, accessToken, read, limit, ct).ConfigureAwait(false);
            }
            catch (Exception caught) when (caught is FitnessifyException or ConnectionException)
            {
                failure = caught;
            }

            var refusal = failure as FitnessifyException;
            // What the attempt before has done, although its answer got lost, is no failure of this one.
            if (isLost && refusal is not null && request.WasDone(refusal))
            {
                return refusal.Problem.Current is T current ? current : default!;
            }

            isLost |= refusal is null;
            var wait = refusal?.RetryAfter ?? PauseAfter(attempt);
            var isWorthIt = refusal?.Status is 429 or 503 || (refusal is null && request.IsRepeatable);
            var isLate = within is { } end && clock.Elapsed + wait >= end;
            if (!isWorthIt || attempt >= _options.Attempts || (waited += wait) > _options.RetryTimeout || isLate)
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
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ct);
        leaving.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
        try
        {
            // Also from a handler that does not heed the token: whoever gives up leaves at once.
            return await UnlessCancelledAsync(ExchangeAsync(leaving.Token), leaving.Token).ConfigureAwait(false);
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

        async Task<T> ExchangeAsync(CancellationToken left)
        {
            using var message = request.ToMessage(accessToken);
            // A body that breaks off is no answer.
            var answer = await _http.SendAsync(message, request.Completion, left).ConfigureAwait(false);
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

    /// <summary>The value, unless somebody gives up first: then at once.</summary>
    private static async Task<T> UnlessCancelledAsync<T>(Task<T> task, CancellationToken ct)
    {
        var givenUp = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (ct.Register(() => givenUp.TrySetResult(true)))
        {
            if (await Task.WhenAny(task, givenUp.Task).ConfigureAwait(false) != task)
            {
                // Whatever becomes of it, nobody asks any more.
                _ = task.ContinueWith(static left => left.Exception, TaskScheduler.Default);
                ct.ThrowIfCancellationRequested();
            }
        }

        return await task.ConfigureAwait(false);
    }

    private async Task<TokensDto> RenewAsync(TokensDto? expired)
    {
        var old = await _options.Tokens.GetAsync().ConfigureAwait(false);
        if (old is not null && expired is not null && old.AccessToken != expired.AccessToken)
        {
            return old; // Another call was quicker.
        }

        try
        {
            var body = new RefreshTokensCommand { RefreshToken = (old ?? expired)?.RefreshToken ?? "" };
            // After a lost answer again with the same token: the server permits it for a short while.
            var request = new ApiRequest("POST", "api/v1/auth/refresh") { IsRepeatable = true }.WithBody(body);
            var within = _options.ConnectTimeout;
            var tokens = await TryAsync(request, null, ReadAsync<TokensDto>, within, default).ConfigureAwait(false);
            var now = await _options.Tokens.GetAsync().ConfigureAwait(false);
            if (old is not null && now?.RefreshToken == old.RefreshToken) // Else somebody has signed in or out meanwhile.
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

    // Of several calls that hear of it, the first one finds the tokens of that session.
    private async Task<FitnessifyException> SignedOutByAsync(FitnessifyException refusal, TokensDto tokens)
    {
        var signedOut = refusal.AsSignedOut();
        var now = await _options.Tokens.GetAsync().ConfigureAwait(false);
        if (signedOut is not null && now?.SessionId == tokens.SessionId)
        {
            await _options.Tokens.ClearAsync().ConfigureAwait(false);
            _options.OnSignedOut?.Invoke(signedOut);
        }

        return signedOut ?? refusal;
    }

    // An empty stream, and how long to wait, when it is worth another try.
    private async Task<(Guid? After, Stream Stream, TimeSpan? Wait)> ConnectAsync(Guid? after, CancellationToken ct)
    {
        try
        {
            after ??= (await Api.Notifications.ListAsync(limit: 1, cancellationToken: ct).ConfigureAwait(false))
                .Items.Select(item => item.Id)
                .FirstOrDefault();
            var request = new ApiRequest("GET", "api/v1/notifications/stream").AsStream("Last-Event-ID", $"{after}");
            return (
                after,
                await SendAsync(request, ReadStreamAsync, _options.ConnectTimeout, ct).ConfigureAwait(false),
                null
            );
        }
        catch (ConnectionException)
        {
            return (after, Stream.Null, null);
        }
        catch (FitnessifyException refusal) when (!refusal.IsFinal)
        {
            return (after, Stream.Null, refusal.RetryAfter);
        }
    }

    private static Task<Stream> ReadStreamAsync(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? answer.ReadAsStreamAsync()
            : throw new IOException("The answer is no stream of events.");

    // The next one, or null when the stream has ended.
    private static async Task<NotificationDto?> NextAsync(
        IAsyncEnumerator<SseItem<string>> of,
        CancellationTokenSource end
    )
    {
        try
        {
            while (true)
            {
                end.CancelAfter(Silence);
                if (!await of.MoveNextAsync().ConfigureAwait(false))
                {
                    return null;
                }

                if (of.Current is { EventId.Length: > 0, Data: var json })
                {
                    return ApiJson.Read<NotificationDto>(System.Text.Encoding.UTF8.GetBytes(json));
                }
            }
        }
        catch (Exception failure)
            when (failure
                    is HttpRequestException
                        or IOException
                        or OperationCanceledException
                        or System.Text.Json.JsonException
            )
        {
            return null;
        }
    }

    private TimeSpan PauseAfter(int failures)
    {
        lock (_gate)
        {
            // Different each time, so that not everybody comes back at once.
            var pause = _options.Pause.TotalMilliseconds * Math.Pow(2, failures - 1);
            return TimeSpan.FromMilliseconds(Math.Min(30_000, pause) * (1 + _random.NextDouble()) / 2);
        }
    }
}
