using System.Collections.Concurrent;

namespace Fitnessify.Client;

/// <summary>
/// The tokens of a session, which it reads from the store once. Another process may share the store, so they are read again before
/// they are replaced or cleared. All of this happens one after the other.
/// </summary>
#pragma warning disable CA1001 // Without its wait handle, a semaphore holds nothing to dispose of.
internal sealed class SessionTokens(ITokenStore store, Action<SessionState>? onStateChanged)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentQueue<SessionState> _changes = [];
    private TokensDto? _known;
    private bool _isRead;
    private bool _isReporting;
    private EndedSession? _ended;

    /// <summary>Returns the tokens, or null when the device is not signed in.</summary>
    public async Task<TokensDto?> GetAsync(CancellationToken ct) =>
        Volatile.Read(ref _known)
        ?? await InTurnAsync(async () => _known ?? await ReadStoreAsync(ct).ConfigureAwait(false), ct)
            .ConfigureAwait(false);

    /// <summary>Returns the tokens that the store has now.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="reports">Whether a change is reported; otherwise <see cref="ReportChanges"/> has to be called.</param>
    public Task<TokensDto?> ReadAsync(CancellationToken ct, bool reports = true) =>
        InTurnAsync(() => ReadStoreAsync(ct), ct, reports);

    /// <summary>Stores the tokens of a sign-in.</summary>
    public Task SetAsync(TokensDto tokens) =>
        InTurnAsync(
            async () =>
            {
                await store.SetAsync(tokens, default).ConfigureAwait(false);
                return Become(tokens, null);
            },
            default
        );

    /// <summary>
    /// Stores tokens in place of the old ones, or of none, unless the user has signed in or out meanwhile. Returns those that are stored
    /// then.
    /// </summary>
    /// <inheritdoc cref="ReadAsync" path="/param" />
    public Task<TokensDto?> ReplaceAsync(TokensDto? old, TokensDto tokens, bool reports = true) =>
        InTurnAsync(
            async () =>
            {
                var stored = await store.GetAsync(default).ConfigureAwait(false);
                if (stored?.RefreshToken != old?.RefreshToken)
                {
                    return Become(stored, null);
                }

                await store.SetAsync(tokens, default).ConfigureAwait(false);
                return Become(tokens, null);
            },
            default,
            reports
        );

    /// <summary>Clears the tokens, and returns those that were stored.</summary>
    public Task<TokensDto?> ClearAsync() =>
        InTurnAsync(
            async () =>
            {
                var stored = await store.GetAsync(default).ConfigureAwait(false);
                await store.ClearAsync(default).ConfigureAwait(false);
                Become(null, null);
                return stored;
            },
            default
        );

    /// <summary>Clears the tokens of a session that the server has ended, unless those of another session have replaced them.</summary>
    /// <inheritdoc cref="ReadAsync" path="/param" />
    public Task EndAsync(Guid session, SignedOutException reason, bool reports) =>
        InTurnAsync(
            async () =>
            {
                var stored = await store.GetAsync(default).ConfigureAwait(false);
                if (_ended?.Id != session && (stored ?? _known)?.SessionId == session)
                {
                    _ended = new EndedSession(session, reason);
                }

                if (stored?.SessionId == session)
                {
                    await store.ClearAsync(default).ConfigureAwait(false);
                    stored = null;
                }

                return Become(stored, reason);
            },
            default,
            reports
        );

    /// <summary>Returns why a session has ended.</summary>
    public SignedOutException EndOf(Guid session) =>
        Volatile.Read(ref _ended) is { } ended && ended.Id == session ? ended.Reason : FitnessifyException.SignedOut();

    /// <summary>
    /// Reports the changes in their order. One thread at a time does; those that are made meanwhile are its next ones. The callback of the
    /// app may wait for calls of the session, so it runs outside of the turn and of locks.
    /// </summary>
    public void ReportChanges()
    {
        while (NextChange() is { } state)
        {
            try
            {
                onStateChanged?.Invoke(state);
            }
#pragma warning disable CA1031 // The session has changed all the same, and the call that has led to it must not fail.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _ = Task.FromException(failure);
            }

            lock (_changes)
            {
                _isReporting = false;
            }
        }
    }

    private async Task<TokensDto?> ReadStoreAsync(CancellationToken ct) =>
        Become(await store.GetAsync(ct).ConfigureAwait(false), null);

    private TokensDto? Become(TokensDto? tokens, SignedOutException? reason)
    {
        var former = _known;
        Volatile.Write(ref _known, tokens);
        var state = (former, tokens) switch
        {
            (null, null) => null,
            (_, null) => new SessionState(SessionStateType.SignedOut, former.SessionId, reason),
            _ when former?.SessionId != tokens.SessionId => new(SessionStateType.SignedIn, tokens.SessionId, null),
            _ when former.AccessToken != tokens.AccessToken => new(SessionStateType.Refreshed, tokens.SessionId, null),
            _ => null,
        };
        // What the store had at the start of the app is no change.
        if (_isRead && state is not null)
        {
            _changes.Enqueue(state);
        }

        _isRead = true;
        return tokens;
    }

    private async Task<TokensDto?> InTurnAsync(Func<Task<TokensDto?>> step, CancellationToken ct, bool reports = true)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        TokensDto? tokens;
        try
        {
            tokens = await step().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }

        if (reports)
        {
            ReportChanges();
        }

        return tokens;
    }

    // Returns null, too, while a thread reports a change.
    private SessionState? NextChange()
    {
        lock (_changes)
        {
            SessionState? state = null;
            _isReporting = _isReporting || _changes.TryDequeue(out state);
            return state;
        }
    }

    private sealed class EndedSession(Guid id, SignedOutException reason)
    {
        public Guid Id => id;

        public SignedOutException Reason => reason;
    }
}
