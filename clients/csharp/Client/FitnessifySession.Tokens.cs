namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    private Task<TokensDto>? _rotating;
    private Task<TokensDto>? _refreshing;

    /// <summary>
    /// Refreshes the tokens, once for all concurrent calls. This happens automatically when the access token has expired. If the
    /// session of the expired tokens is not that of the device any more, the method fails with <see cref="SignedOutException"/>.
    /// </summary>
    /// <param name="expired">Tokens that have expired; if the device has newer ones already, these are returned. Null refreshes any.</param>
    /// <param name="cancellationToken">Ends the wait. The refresh itself continues, because other calls may share it.</param>
    public async Task<TokensDto> RefreshAsync(TokensDto? expired = null, CancellationToken cancellationToken = default)
    {
        Task<TokensDto> refreshing;
        lock (_lock)
        {
            if (_rotating is not { IsCompleted: false } rotating)
            {
                _rotating = rotating = Task.Run(() => RotateTokensAsync(expired), CancellationToken.None);
                _refreshing = Task.Run(() => ReportAfterAsync(rotating), CancellationToken.None);
            }

            refreshing = _refreshing!;
        }

        var tokens = await UnlessCancelledAsync(refreshing, cancellationToken).ConfigureAwait(false);
        // Another user may have signed in meanwhile, with whose tokens a call of the former session must not be repeated.
        return expired is null || tokens.SessionId == expired.SessionId
            ? tokens
            : throw Tokens.EndOf(expired.SessionId);
    }

    // The callback of the app may wait for a call that refreshes again, so it is not a part of the refresh that others join.
    private async Task<TokensDto> ReportAfterAsync(Task<TokensDto> rotating)
    {
        try
        {
            return await rotating.ConfigureAwait(false);
        }
        finally
        {
            Tokens.ReportChanges();
        }
    }

    private async Task<TokensDto> RotateTokensAsync(TokensDto? expired)
    {
        var old = await Tokens.ReadAsync(default, reports: false).ConfigureAwait(false);
        if (old is null && expired is not null)
        {
            // Another call has learned of the end of the session, or the user has signed out. The server is not asked: if it did
            // not get the sign-out, it would renew the session.
            throw Tokens.EndOf(expired.SessionId);
        }

        if (old is not null && expired is not null && old.AccessToken != expired.AccessToken)
        {
            return old; // Another call, or another process, has already refreshed them.
        }

        TokensDto tokens;
        try
        {
            var body = new RefreshTokensCommand { RefreshToken = old?.RefreshToken ?? "" };
            // The server accepts the same refresh token again for a short time after a lost response.
            var request = new ApiRequest("POST", "api/v1/auth/refresh") { IsRepeatable = true }.WithBody(body);
            var timeLimit = _options.ConnectTimeout;
            tokens = await TryAsync(request, null, ReadAsync<TokensDto>, timeLimit, default).ConfigureAwait(false);
        }
        catch (FitnessifyException refusal) when (old is not null)
        {
            throw await SignedOutByAsync(refusal, old, reports: false).ConfigureAwait(false);
        }

        // There are none when the user has signed out meanwhile.
        return await Tokens.ReplaceAsync(old, tokens, reports: false).ConfigureAwait(false)
            ?? throw Tokens.EndOf(tokens.SessionId);
    }

    // Several calls may learn of the end, even at the same time; only the first one changes the state of the session.
    private async Task<FitnessifyException> SignedOutByAsync(
        FitnessifyException refusal,
        TokensDto tokens,
        bool reports = true
    )
    {
        var signedOut = refusal.AsSignedOut();
        if (signedOut is not null && Volatile.Read(ref _signIns) == 0)
        {
            await Tokens.EndAsync(tokens.SessionId, signedOut, reports).ConfigureAwait(false);
        }

        return signedOut ?? refusal;
    }
}
