namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    private Task<TokensDto>? _startingGuest;

    /// <summary>
    /// Begins as a guest and stores the tokens. A guest has an account without anything to sign in with:
    /// <c>Api.Guests.RegisterAsync</c>, an identity or a passkey makes it a member, and a sign-in with this session moves what it has
    /// to the account that is there already. A device that is signed in, as a guest or a member, keeps its tokens, and the method
    /// returns them.
    /// </summary>
    /// <remarks>
    /// The request is sent again when there is no answer, because the same key answers with the same guest until its tokens are first
    /// used. When the method fails with <see cref="ConnectionException"/>, let the user work on copies, and call it again later.
    /// </remarks>
    /// <param name="device">What to call this device in the list of sessions.</param>
    /// <param name="locale">The language of texts that the server writes, as a language tag (BCP 47).</param>
    /// <param name="timeZone">The IANA name of the time zone where the user lives.</param>
    /// <param name="key">
    /// A random UUID; null makes one for this call. An app that stores its own before the call can repeat the call with it even after
    /// a crash.
    /// </param>
    /// <param name="cancellationToken">Ends the wait. The start itself continues, because other calls may share it.</param>
    public Task<TokensDto> StartAsGuestAsync(
        string? device = null,
        string? locale = null,
        string? timeZone = null,
        Guid? key = null,
        CancellationToken cancellationToken = default
    )
    {
        Task<TokensDto> starting;
        lock (_lock)
        {
            var body = new StartGuestCommand { Key = key ?? Guid.NewGuid() };
            (body.Device, body.Locale, body.TimeZone) = (device, locale, timeZone);
            starting = _startingGuest is { IsCompleted: false }
                ? _startingGuest
                : _startingGuest = StartAsGuestAsync(body);
        }

        return UnlessCancelledAsync(starting, cancellationToken);
    }

    private async Task<TokensDto> StartAsGuestAsync(StartGuestCommand body)
    {
        if (await Tokens.GetAsync(default).ConfigureAwait(false) is { } stored)
        {
            return stored;
        }

        var request = new ApiRequest("POST", "api/v1/auth/guest") { IsRepeatable = true }.WithBody(body);
        var tokens = await TryAsync(request, null, ReadAsync<TokensDto>, null, default).ConfigureAwait(false);
        // The user may have signed in meanwhile. Nothing belongs to the new guest yet, and the server deletes it some day.
        return (await Tokens.ReplaceAsync(null, tokens).ConfigureAwait(false))!;
    }
}
