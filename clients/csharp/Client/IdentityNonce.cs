using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Client;

/// <summary>
/// The nonce ties an ID token to one sign-in of this app (OpenID Connect Core 1.0, 15.5.2). Each sign-in needs a new one.
/// </summary>
public sealed class IdentityNonce
{
    // This is twice the 128 bits that make guessing hopeless.
    private const int Length = 32;

    private IdentityNonce(string nonce, string digest) => (Nonce, Digest) = (nonce, digest);

    /// <summary>The nonce, 256 random bits in base64url. <see cref="FitnessifySession.SignInWithIdentityAsync"/> takes it.</summary>
    public string Nonce { get; }

    /// <summary>
    /// The SHA-256 digest of the nonce in lower-case hexadecimal. Providers whose SDK returns the token to the app itself, such as
    /// Apple on iOS, are given it in place of the nonce, which then does not leave the app before the sign-in.
    /// </summary>
    public string Digest { get; }

    /// <summary>Creates a nonce.</summary>
    public static IdentityNonce Create()
    {
        var bytes = new byte[Length];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(bytes);
        }

        var nonce = Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var digest = Hash(Encoding.ASCII.GetBytes(nonce));
        return new(nonce, string.Concat(digest.Select(part => part.ToString("x2", CultureInfo.InvariantCulture))));
    }

    private static byte[] Hash(byte[] bytes)
    {
#pragma warning disable CA1850 // .NET Standard has no SHA256.HashData.
        using var sha256 = SHA256.Create();
        return sha256.ComputeHash(bytes);
#pragma warning restore CA1850
    }
}
