using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Fitnessify.Clients.Tests;

/// <summary>Stands for an authenticator app (RFC 6238).</summary>
internal static class Totp
{
    /// <param name="secret">The secret in base 32.</param>
    /// <param name="ahead">The number of steps from now; zero is the code that the app shows.</param>
    public static string Code(string secret, int ahead)
    {
        var bits = string.Concat(secret.Select(letter => $"{Value(letter):b5}"));
        var key = bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2));
        var step = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(step, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + ahead);
        // Authenticator apps use this algorithm.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(key.ToArray(), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

        static int Value(char letter) => char.IsAsciiLetter(letter) ? letter - 'A' : letter - '2' + 26;
    }
}
