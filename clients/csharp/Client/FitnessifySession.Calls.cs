namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    Task<T> IApiSender.SendAsync<T>(ApiRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, ReadAsync<T>, null, cancellationToken);

    private async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<HttpResponseMessage, Task<T>> read,
        TimeSpan? timeLimit,
        CancellationToken ct
    )
    {
        var tokens = await Tokens.GetAsync(ct).ConfigureAwait(false);
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

            tokens = await RefreshAsync(tokens, ct).ConfigureAwait(false);
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
                var limit = request.Timeout ?? _options.Timeout;
                limit = remaining < limit ? remaining.Value : limit;
                var answer = await AttemptAsync(request, accessToken, read, limit, ct).ConfigureAwait(false);
                if (isLost)
                {
                    request.Settle(answer);
                }

                return answer;
            }
            catch (Exception caught) when (caught is FitnessifyException or ConnectionException)
            {
                failure = caught;
            }

            var refusal = failure as FitnessifyException;
            // An earlier attempt may have succeeded although its response was lost; the call has not failed then.
            if (isLost && refusal is not null && request.WasDone(refusal.Problem))
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
            using var message = request.ToMessage(_address, accessToken);
            // An incomplete body counts as no response.
            var answer = await _http().SendAsync(message, request.Completion, cancelled).ConfigureAwait(false);
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

    private TimeSpan DelayAfter(int failures)
    {
        lock (_lock)
        {
            // The delay is random, so that clients do not all reconnect at the same time.
            var delay = _options.RetryDelay.TotalMilliseconds * Math.Pow(2, failures - 1);
            return TimeSpan.FromMilliseconds(Math.Min(30_000, delay) * (1 + _random.NextDouble()) / 2);
        }
    }
}
