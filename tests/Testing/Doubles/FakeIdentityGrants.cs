using System.Collections.Concurrent;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Testing;

/// <summary>The grants of Apple: any authorization code is exchanged, and a grant is revoked as often as it is asked for.</summary>
internal sealed class FakeIdentityGrants : IIdentityGrants
{
    private readonly ConcurrentQueue<(string ClientId, string Code)> _exchanged = new();
    private readonly ConcurrentQueue<(string Provider, IdentityGrant Grant)> _revoked = new();
    private int _attempts;

    /// <summary>Gets or sets whether Apple does not answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets or sets an action that runs before each revocation.</summary>
    public Func<Task> BeforeRevocation { get; set; } = () => Task.CompletedTask;

    /// <summary>Gets the codes that were exchanged, in order.</summary>
    public IReadOnlyCollection<(string ClientId, string Code)> Exchanged => _exchanged;

    /// <summary>Gets the grants that were revoked, in order.</summary>
    public IReadOnlyCollection<(string Provider, IdentityGrant Grant)> Revoked => _revoked;

    /// <summary>Gets the number of attempts to revoke a grant.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Returns the grant that a code is exchanged for.</summary>
    public static IdentityGrant GrantOf(string code) =>
        new(FakeIdentityTokens.Apple.ClientIds[0], $"protected refresh token of {code}");

    public Task<IdentityGrant?> ExchangeAsync(
        IdentityClaims claims,
        string authorizationCode,
        CancellationToken cancellationToken
    )
    {
        if (IsDown || claims.Provider != IdentityProvider.Apple)
        {
            return Task.FromResult<IdentityGrant?>(null);
        }

        _exchanged.Enqueue((claims.ClientId, authorizationCode));
        return Task.FromResult<IdentityGrant?>(GrantOf(authorizationCode));
    }

    public async Task<RevocationOutcome> RevokeAsync(
        string provider,
        IdentityGrant grant,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _attempts);
        await BeforeRevocation();
        if (IsDown)
        {
            return RevocationOutcome.Failed;
        }

        _revoked.Enqueue((provider, grant));
        return RevocationOutcome.Revoked;
    }
}
