using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>A user of Google, or of Apple, who signs in or links.</summary>
public abstract class IdentityTests(params (string Key, string Value)[] settings) : UseCaseTests(settings)
{
    protected const string Device = "Tablet";

    private protected static IdentityProvider Apple => FakeIdentityTokens.Apple;

    private protected static IdentityProvider Google => FakeIdentityTokens.Google;

    /// <summary>Gets the subject of the user, which no other test has.</summary>
    protected string Subject { get; } = FakeIdentityTokens.NewSubject();

    protected static string NewAddress() => $"{Instance.NewName()}@example.org";

    private protected static LoginIdentityCommand SignIn(SignedIdentity signed, string? authorizationCode = null) =>
        new(signed.Provider, signed.IdToken, signed.Nonce, authorizationCode, Device: Device);

    private protected static LinkIdentityCommand Link(
        SignedIdentity signed,
        string? password = Password,
        string? authorizationCode = null
    ) => new(null, signed.Provider, signed.IdToken, signed.Nonce, authorizationCode, password);

    private protected static ReauthenticateCommand Show(SignedIdentity signed, string? code = null) =>
        new(Provider: signed.Provider, IdToken: signed.IdToken, Nonce: signed.Nonce, Code: code);

    /// <summary>Links an identity to an account without a use case.</summary>
    private protected async Task<LinkedIdentity> StoreAsync(
        Guid userId,
        string subject,
        IdentityProvider? provider = null,
        IdentityGrant? grant = null
    )
    {
        var issuer = provider ?? Google;
        var claims = new IdentityClaims(
            issuer.Name,
            issuer.Issuer,
            subject,
            issuer.ClientIds[0],
            null,
            null,
            Now,
            "",
            Now
        );
        var identity = LinkedIdentity.Link(userId, claims, grant, Now);
        await SaveAsync((IIdentityRepository identities) => identities.Add(identity));
        return identity;
    }

    /// <summary>Signs in by the identity, for the first or another time, as the caller of the following requests.</summary>
    private protected async Task<Session> SignInByIdentityAsync(
        string subject,
        string? email = null,
        IdentityProvider? provider = null,
        string? authorizationCode = null
    )
    {
        var signed = Tokens.Sign(subject, email, provider: provider);
        var signedIn = await SendAsync(SignIn(signed, authorizationCode));
        Assert.That(signedIn.Error, Is.Null);
        var ownerId = (await Records.LinksOfAsync(subject)).Single().OwnerId;
        return Server.Caller.Session = (await Records.SessionsAsync(ownerId)).Single(session =>
            session.Id == signedIn.Value!.Tokens.SessionId
        );
    }

    /// <summary>Signs in where that is refused because an account has the address.</summary>
    private protected async Task<string> LinkTokenAsync(SignedIdentity signed, string? authorizationCode = null)
    {
        var refused = await FailsAsync(SignIn(signed, authorizationCode), "identity_not_linked");
        return (string)refused.Details!["linkToken"];
    }

    /// <summary>Acts as the user of another session.</summary>
    private protected async Task<T> AsAsync<T>(Session? session, Func<Task<T>> actAsync)
    {
        var mine = Server.Caller.Session;
        Server.Caller.Session = session;
        var outcome = await actAsync();
        Server.Caller.Session = mine;
        return outcome;
    }

    /// <summary>Returns the errors of requests that are sent at once; null stands for success.</summary>
    private protected async Task<string?[]> AtOnceAsync<TOutcome>(
        params IEnumerable<MediatR.IRequest<TOutcome>> requests
    )
        where TOutcome : IOutcome<TOutcome>
    {
        var sent = requests.Select(request => Task.Run(() => SendAsync(request))).ToList();
        return [.. (await Task.WhenAll(sent)).Select(outcome => outcome.Error?.Code)];
    }

    private protected async Task<IReadOnlyList<Session>> LiveSessionsAsync(Guid userId) =>
        [.. (await Records.SessionsAsync(userId)).Where(session => session.IsLive(Now))];

    /// <summary>Returns the waiting revocations of the grants of these authorization codes.</summary>
    private protected async Task<List<string>> RevocationsOfAsync(params string[] codes)
    {
        var grants = codes.ToDictionary(code => FakeIdentityGrants.GrantOf(code).RefreshToken);
        return
        [
            .. (await Records.RevocationsAsync())
                .Where(revocation => grants.ContainsKey(revocation.Token))
                .Select(revocation => grants[revocation.Token]),
        ];
    }
}
