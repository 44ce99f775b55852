using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Fitnessify.Testing;

/// <summary>Verifies who has sent a message as a push service does (RFC 8292).</summary>
internal static partial class TestVapid
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    /// <summary>Verifies the header of a request and returns its token.</summary>
    /// <param name="authorization">The header.</param>
    /// <param name="origin">The origin of the push service.</param>
    /// <param name="subscribedWith">The public key that the browser has subscribed with; null for any.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="PushRefusedException">The push service would not accept it.</exception>
    public static string Verify(string authorization, string origin, string? subscribedWith, DateTimeOffset now)
    {
        if (Header().Match(authorization) is not { Success: true } header)
        {
            throw new PushRefusedException(StatusCodes.Status401Unauthorized, "no header of the scheme vapid");
        }

        var (token, key) = (header.Groups["t"].Value, header.Groups["k"].Value);
        var parts = token.Split('.');
        Require(IsSigned(parts, key), "not signed by the key");
        Require(subscribedWith is null || subscribedWith == key, "not the key that the browser has subscribed with");
        Require(Read(parts[0]).GetProperty("alg").GetString() == "ES256", "another algorithm");
        var claims = Read(parts[1]);
        Require(claims.GetProperty("aud").GetString() == origin, $"aud: {claims.GetProperty("aud")}");
        var left = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()) - now;
        Require(left > TimeSpan.Zero && left <= MaxLifetime, $"exp: {left}");
        var subject = claims.GetProperty("sub").GetString()!;
        Require(
            subject.StartsWith("mailto:", StringComparison.Ordinal)
                || subject.StartsWith("https:", StringComparison.Ordinal),
            $"sub: {subject}"
        );
        return token;
    }

    /// <summary>Returns the claims of a token.</summary>
    public static JsonElement Claims(string token) => Read(token.Split('.')[1]);

    private static bool IsSigned(string[] parts, string key)
    {
        var point = Base64Url.DecodeFromChars(key);
        using var verifier = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33], Y = point[33..] },
            }
        );
        return verifier.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256
        );
    }

    private static JsonElement Read(string part) =>
        JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new PushRefusedException(StatusCodes.Status403Forbidden, problem);
        }
    }

    // The key is an uncompressed point on P-256: 65 bytes of which the first is 4.
    [GeneratedRegex(@"\Avapid t=(?<t>[\w-]+\.[\w-]+\.[\w-]+), ?k=(?<k>B[\w-]{86})\z")]
    private static partial Regex Header();
}
