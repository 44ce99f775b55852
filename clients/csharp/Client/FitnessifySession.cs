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
        await _options.Tokens.SetAsync(tokens).ConfigureAwait(false);
        return tokens;
    }

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
    /// <remarks>They begin after the one that you know; after an empty id with the first of all, after null with new ones.</remarks>
    public async IAsyncEnumerable<NotificationDto> NotificationsAsync(
        Guid? after = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Whatever comes between two connections comes after the newest of now.
        var newest = () => Api.Notifications.ListAsync(limit: 1, cancellationToken: cancellationToken);
        var last = after ?? (await newest().ConfigureAwait(false)).Items.Select(item => item.Id).FirstOrDefault();
        for (var failures = 1; ; failures++)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var stream = await ConnectAsync(last, cancellationToken).ConfigureAwait(false);
            await using var events = SseParser.Create(stream).EnumerateAsync(end.Token).GetAsyncEnumerator(end.Token);
            while (await HasMoreAsync(events, end).ConfigureAwait(false))
            {
                failures = 1;
                if (events.Current is { EventId.Length: > 0, Data: var json })
                {
                    var notification = ApiJson.Read<NotificationDto>(System.Text.Encoding.UTF8.GetBytes(json));
                    last = notification.Id;
                    yield return notification;
                }
            }

            await Task.Delay(PauseAfter(failures), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What changed since the <c>Next</c> that you kept; after SyncTokenExpired, forget all and begin with null.</summary>
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

    async Task<T> IApiSender.SendAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await ApiJson.ReadAsync<T>(answer).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken ct)
    {
        var tokens = await _options.Tokens.GetAsync().ConfigureAwait(false);
        for (var isRefreshed = false; ; isRefreshed = true)
        {
            try
            {
                return await TryAsync(request, tokens, ct).ConfigureAwait(false);
            }
            catch (FitnessifyException refusal) when (tokens is not null)
            {
                if (isRefreshed || refusal.Code != ErrorCode.TokenExpired)
                {
                    throw await SignedOutByAsync(refusal, tokens).ConfigureAwait(false);
                }
            }

            tokens = await RefreshAsync(tokens).ConfigureAwait(false);
        }
    }

    // Again where that is safe: after 429 and 503 always, without an answer only when a second time does no harm.
    private async Task<HttpResponseMessage> TryAsync(ApiRequest request, TokensDto? tokens, CancellationToken ct)
    {
        for (var (attempt, waited) = (1, TimeSpan.Zero); ; attempt++)
        {
            Exception failure;
            try
            {
                using var message = request.ToMessage(tokens?.AccessToken);
                // A body that breaks off is no answer.
                var answer = await _http.SendAsync(message, request.Completion, ct).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return answer;
                }

                failure = await FitnessifyException.ReadAsync(answer).ConfigureAwait(false);
            }
            catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                failure = new ConnectionException($"{request.Method} {request.Path} got no answer.", cause);
            }

            var refusal = failure as FitnessifyException;
            var wait = refusal?.RetryAfter ?? PauseAfter(attempt);
            var isWorthIt = refusal?.Status is 429 or 503 || (refusal is null && request.IsRepeatable);
            if (!isWorthIt || attempt >= _options.Attempts || (waited += wait) > _options.Patience)
            {
                throw failure;
            }

            await Task.Delay(wait, ct).ConfigureAwait(false);
        }
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
            using var answer = await TryAsync(request, null, default).ConfigureAwait(false);
            var tokens = await ApiJson.ReadAsync<TokensDto>(answer).ConfigureAwait(false);
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

    private async Task<Stream> ConnectAsync(Guid after, CancellationToken ct)
    {
        try
        {
            var request = new ApiRequest("GET", "api/v1/notifications/stream").AsStream("Last-Event-ID", $"{after}");
            var answer = await SendAsync(request, ct).ConfigureAwait(false);
            return await answer.ReadAsStreamAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConnectionException or FitnessifyException { Status: 429 or >= 500 })
        {
            return Stream.Null; // Worth another try.
        }
    }

    private static async Task<bool> HasMoreAsync(IAsyncEnumerator<SseItem<string>> of, CancellationTokenSource end)
    {
        try
        {
            end.CancelAfter(Silence);
            return await of.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
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
