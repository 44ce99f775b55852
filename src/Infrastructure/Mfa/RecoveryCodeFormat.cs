using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Infrastructure.Mfa;

/// <summary>A recovery code that was not used yet.</summary>
internal sealed class RecoveryCodeHash
{
    public required Guid UserId { get; init; }

    /// <summary>See <see cref="RecoveryCodeFormat.Hash"/>.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>Codes to write down: <c>k7m2p-x4d9q</c>.</summary>
internal static class RecoveryCodeFormat
{
    /// <summary>How many there are at first.</summary>
    public const int Count = 10;

    // Crockford's alphabet, 5 bits a letter: nothing in it looks like anything else in it.
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int GroupLength = 5;

    /// <summary>New ones, all different.</summary>
    public static IReadOnlyList<string> Create()
    {
        HashSet<string> codes = [];
        while (codes.Count < Count)
        {
            codes.Add(
                $"{RandomNumberGenerator.GetString(Letters, GroupLength)}-{RandomNumberGenerator.GetString(Letters, GroupLength)}"
            );
        }

        return [.. codes];
    }

    /// <summary>
    /// What is stored of a code, in whatever case and grouping it was typed: its HMAC-SHA-256 under a secret of the servers, so
    /// that a copy of the database is not enough to try codes, and over the user too, so that no two rows tell of the same code
    /// (ASVS 5.0, 6.5.2).
    /// </summary>
    public static byte[] Hash(byte[] key, Guid userId, string typed) =>
        HMACSHA256.HashData(key, (byte[])[.. userId.ToByteArray(), .. Encoding.UTF8.GetBytes(Normalize(typed))]);

    private static string Normalize(string typed) =>
        string.Concat(
            typed
                .Where(character => character != '-' && !char.IsWhiteSpace(character))
                .Select(char.ToLowerInvariant)
                // As Crockford reads what is not in the alphabet.
                .Select(character =>
                    character switch
                    {
                        'o' => '0',
                        'i' or 'l' => '1',
                        _ => character,
                    }
                )
        );
}
