using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fitnessify.Issuer;

/// <summary>What takes the place of the pages of a provider and of the device: everything is had with one request.</summary>
internal static class Routes
{
    /// <summary>Adds the endpoints of one provider.</summary>
    /// <param name="routes">The endpoints below the name of the provider.</param>
    /// <param name="issuer">Returns the issuer.</param>
    public static void Map(IEndpointRouteBuilder routes, Func<TestIssuer> issuer)
    {
        routes.MapGet(
            "/token",
            ([AsParameters] TokenQuery query, HttpResponse response) =>
            {
                var nonce = query.Nonce ?? RandomNumberGenerator.GetHexString(32);
                // Editors that send requests cannot make a nonce that they also remember.
                response.Headers["Nonce"] = nonce;
                return Token(issuer(), query, nonce);
            }
        );
        routes.MapPost(
            "/keys/rotation",
            () =>
            {
                issuer().RotateKeys();
                return $"{string.Join('\n', issuer().Keys.Select(key => key.Kid))}\n";
            }
        );
        routes.MapGet(
            "/code",
            () => issuer().Grants is { } grants ? Results.Text(grants.NewCode()) : Results.NotFound()
        );
        routes.MapGet(
            "/revoked",
            () =>
                issuer().Grants is { } grants
                    ? Results.Text(string.Concat(grants.Revoked.Select(token => $"{token}\n")))
                    : Results.NotFound()
        );
        routes.MapGet(
            "/event",
            (string type, string sub) =>
                issuer().Grants is null
                    ? Results.NotFound()
                    : Results.Text(issuer().EventPayload(type, sub, DateTimeOffset.UtcNow))
        );
    }

    private static string Token(TestIssuer issuer, TokenQuery query, string nonce) =>
        issuer.Token(
            query.Sub,
            nonce,
            query.Email,
            query.Verified ?? true,
            query.Name,
            query.Aud,
            payload =>
            {
                var now = DateTimeOffset.UtcNow;
                payload["iat"] = (now - TimeSpan.FromSeconds(query.Age ?? 0)).ToUnixTimeSeconds();
                if (query.AuthAge is { } age)
                {
                    payload["auth_time"] = (now - TimeSpan.FromSeconds(age)).ToUnixTimeSeconds();
                }
            }
        );
}
