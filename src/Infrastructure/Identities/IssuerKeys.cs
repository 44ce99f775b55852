using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// Fetches the keys of one issuer and keeps them for a while. The library's ConfigurationManager keeps them without a limit
/// while the issuer fails, fetches a rotated key in the background, so that the first token signed with it is refused, and
/// reads the clock of the machine.
/// </summary>
internal sealed partial class IssuerKeys(
    ConfiguredProvider configured,
    IHttpClientFactory http,
    TimeProvider clock,
    ILogger<IssuerKeys> logger
)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "Identity:Keys";

    /// <summary>The age at which the keys are fetched again.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromHours(1);

    /// <summary>The age from which the keys are not used any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>The time in which unknown keys cause one fetch, so that forged tokens cannot make the server flood the issuer.</summary>
    public static readonly TimeSpan UnknownKeyInterval = TimeSpan.FromMinutes(5);

    /// <summary>The time for which an issuer that has failed is not asked.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    /// <summary>The limit of one fetch, discovery included.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private IssuerKeySet? _current;
    private Task<IssuerKeySet?>? _fetch;
    private DateTimeOffset? _failedAt;
    private DateTimeOffset? _unknownAt;

    private IdentityProvider Provider => configured.Provider;

    /// <summary>Returns the key that a token names.</summary>
    /// <returns>
    /// The key; <c>identity_token_invalid</c> if the issuer has no such key; <c>service_unavailable</c> if that cannot be known now.
    /// </returns>
    public async Task<Result<IssuerKey>> FindAsync(string? id, string algorithm, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(cancellationToken) is not { } keys)
        {
            return CommonErrors.ServiceUnavailable;
        }

        if (id is not null && !keys.Has(id))
        {
            if (await NewerAsync(keys, cancellationToken) is not { } newer)
            {
                return CommonErrors.ServiceUnavailable;
            }

            keys = newer;
        }

        return keys.Find(id, algorithm) is { } key ? key : IdentityErrors.IdentityTokenInvalid;
    }

    /// <summary>
    /// Returns the keys, or null if there are none that can be used. Keys that are due are renewed without making a request
    /// wait: one that names a key that is not among them joins the fetch.
    /// </summary>
    private async Task<IssuerKeySet?> CurrentAsync(CancellationToken cancellationToken)
    {
        Task<IssuerKeySet?>? fetch = null;
        lock (_lock)
        {
            if (_current is null || IsPast(_current.FetchedAt, Renewal))
            {
                fetch = FetchUnlessFailed();
            }

            if (_current is not null && !IsPast(_current.FetchedAt, Lifetime))
            {
                return _current;
            }
        }

        return fetch is null ? null : await fetch.WaitAsync(cancellationToken);
    }

    /// <summary>Returns keys that may include one that these do not; these themselves if others were just asked for; null if the issuer fails.</summary>
    private async Task<IssuerKeySet?> NewerAsync(IssuerKeySet seen, CancellationToken cancellationToken)
    {
        Task<IssuerKeySet?>? fetch;
        lock (_lock)
        {
            if (_current != seen)
            {
                return _current;
            }

            if (_fetch is null && _unknownAt is { } at && !IsPast(at, UnknownKeyInterval))
            {
                return seen;
            }

            fetch = FetchUnlessFailed();
            _unknownAt = clock.Now();
        }

        var newer = fetch is null ? null : await fetch.WaitAsync(cancellationToken);
        if (newer is null)
        {
            lock (_lock)
            {
                // The key may exist: only the next answer of the issuer will show it.
                _unknownAt = null;
            }
        }

        return newer;
    }

    /// <summary>Joins the running fetch or begins one, within the lock; null if the issuer has just failed.</summary>
    private Task<IssuerKeySet?>? FetchUnlessFailed() =>
        _fetch is not null ? _fetch
        : _failedAt is { } at && !IsPast(at, RetryInterval) ? null
        // It belongs to no request, so that a client that hangs up breaks it for no other.
        : _fetch = Task.Run(FetchAsync);

    private async Task<IssuerKeySet?> FetchAsync()
    {
        IssuerKeySet? fetched = null;
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        try
        {
            fetched = await FetchAsync(limit.Token);
        }
        catch (Exception exception)
        {
            LogFailed(
                Provider.Name,
                limit.IsCancellationRequested ? "no answer in time" : exception.GetBaseException().GetType().Name
            );
        }

        lock (_lock)
        {
            _fetch = null;
            _failedAt = fetched is null ? clock.Now() : null;
            _current = fetched ?? _current;
        }

        return fetched;
    }

    private async Task<IssuerKeySet?> FetchAsync(CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(ClientName);
        if (configured.KeysUrl is not { } url)
        {
            // The path is appended without a second slash (OpenID Connect Discovery 1.0, 4).
            var address = $"{Provider.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
            var discovered = OpenIdConnectConfiguration.Create(await client.GetStringAsync(address, cancellationToken));
            // It says whose keys these are (OpenID Connect Discovery 1.0, 4.3).
            if (discovered.Issuer != Provider.Issuer)
            {
                LogOtherIssuer(Provider.Name);
                return null;
            }

            url = discovered.JwksUri;
            if (!IsAllowed(url))
            {
                LogInsecure(Provider.Name);
                return null;
            }
        }

        var keys = IssuerKeySet.Parse(await client.GetStringAsync(url, cancellationToken), clock.Now());
        if (keys.IsEmpty)
        {
            LogEmpty(Provider.Name);
            return null;
        }

        return keys;
    }

    // A clock that was set back makes keys due, too, instead of keeping them until it is where it was.
    private bool IsPast(DateTimeOffset at, TimeSpan span) => (clock.Now() - at).Duration() >= span;

    // Only an issuer on this machine may send the server to this machine.
    private bool IsAllowed(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (!url.IsLoopback || new Uri(Provider.Issuer).IsLoopback)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    [LoggerMessage(LogLevel.Warning, "The keys of {Provider} cannot be fetched: {Reason}")]
    private partial void LogFailed(string provider, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "The keys of {Provider} are not used: its discovery document names another issuer"
    )]
    private partial void LogOtherIssuer(string provider);

    [LoggerMessage(
        LogLevel.Warning,
        "The keys of {Provider} are not used: its discovery document names no https URL for them"
    )]
    private partial void LogInsecure(string provider);

    [LoggerMessage(LogLevel.Warning, "The keys of {Provider} are not used: none can verify RS256 or ES256")]
    private partial void LogEmpty(string provider);
}
