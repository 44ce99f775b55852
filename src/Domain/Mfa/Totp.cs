using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Domain.Mfa;

/// <summary>
/// Time-based one-time passwords (RFC 6238) with the parameters that every authenticator app supports: HMAC-SHA-1, six digits,
/// and a time step of 30 seconds.
/// </summary>
public static class Totp
{
    /// <summary>The number of digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>The length of a time step in seconds.</summary>
    public const int StepSeconds = 30;

    /// <summary>The length of a seed in bytes, as RFC 4226, 4 recommends.</summary>
    public const int SeedLength = 20;

    // The number of time steps before and after the current one that are accepted, for clock drift and slow typing (RFC 6238,
    // 5.2).
    private const int Tolerance = 1;

    private const int CodeCount = 1_000_000;
    private const int BitsPerLetter = 5;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Returns the time step of the given time.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>Returns the code of a time step.</summary>
    public static string CodeAt(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The apps know no other, and what is known of SHA-1 does not weaken HMAC (RFC 6194, 3.3).
        HMACSHA1.HashData(seed, counter, hash);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (truncated % CodeCount).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Finds the time step of a code among those around the given time that are later than the last used one.</summary>
    /// <returns>The time step, or null if the code belongs to none.</returns>
    public static long? FindStep(ReadOnlySpan<byte> seed, string code, long lastUsedStep, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        var current = StepAt(now);
        long? found = null;
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(seed, step)), typed);
            if (isRight && step > lastUsedStep)
            {
                found ??= step;
            }
        }

        return found;
    }

    /// <summary>Returns the seed in base 32 (RFC 4648, 6) without padding, as authenticator apps and users type it.</summary>
    public static string ToBase32(ReadOnlySpan<byte> seed)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var value in seed)
        {
            bits = (bits << 8) | value;
            for (count += 8; count >= BitsPerLetter; )
            {
                count -= BitsPerLetter;
                text.Append(Base32Letters[bits >> count]);
                bits &= (1 << count) - 1;
            }
        }

        return count == 0 ? text.ToString() : text.Append(Base32Letters[bits << (BitsPerLetter - count)]).ToString();
    }
}
