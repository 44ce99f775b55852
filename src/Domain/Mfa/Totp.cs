using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Domain.Mfa;

/// <summary>
/// Codes that change with the time (RFC 6238), in the one form that every authenticator app knows: HMAC-SHA-1, six digits,
/// a step of 30 seconds.
/// </summary>
public static class Totp
{
    /// <summary>Of a code.</summary>
    public const int Digits = 6;

    /// <summary>How long one code is shown.</summary>
    public const int StepSeconds = 30;

    /// <summary>Bytes, as RFC 4226, 4 recommends.</summary>
    public const int SeedLength = 20;

    // Steps that a clock may be wrong by, or a person slow (RFC 6238, 5.2).
    private const int Tolerance = 1;

    private const int CodeCount = 1_000_000;
    private const int BitsPerLetter = 5;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step that this time lies in.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code that an app shows during a step.</summary>
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

    /// <summary>The step that the code is of: one around this time, and later than the one that was used last.</summary>
    /// <returns>Null when it is of none.</returns>
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

    /// <summary>The seed as people and apps read it: base 32 (RFC 4648, 6) without padding.</summary>
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
