using System.Globalization;

namespace Fitnessify.Domain.Common;

/// <summary>Parses RFC 3339 times, and also times without seconds and with +0200 for +02:00.</summary>
public static class Rfc3339
{
    /// <summary>A longer text is never a time.</summary>
    public const int MaxLength = 64;

    private const int DateLength = 10;
    private const int MinuteLength = 16;

    // The culture of the process may have another calendar and another separator.
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>
    /// Returns the time in UTC, truncated to milliseconds; null if the text is no time, has no offset, or is outside the years
    /// 1 to 9999.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length is <= MinuteLength or > MaxLength || text[DateLength] is not ('T' or 't'))
        {
            return null;
        }

        var rest = text[MinuteLength..];
        if (
            !DateOnly.TryParseExact(text[..DateLength], "yyyy-MM-dd", Culture, DateTimeStyles.None, out var date)
            || !TimeOnly.TryParseExact(
                text[(DateLength + 1)..MinuteLength],
                "HH:mm",
                Culture,
                DateTimeStyles.None,
                out var minute
            )
            || ReadSeconds(ref rest) is not { } seconds
            || ReadOffset(rest) is not { } offset
        )
        {
            return null;
        }

        var ticks = date.ToDateTime(minute).Ticks + seconds.Ticks - offset.Ticks;
        return ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
    }

    // Seconds are absent, or two digits with an optional fraction of any length, of which milliseconds are kept.
    private static TimeSpan? ReadSeconds(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] != ':')
        {
            return TimeSpan.Zero;
        }

        if (rest.Length < 3 || !TryReadTwo(rest[1..3], 59, out var seconds))
        {
            return null;
        }

        rest = rest[3..];
        var milliseconds = 0;
        if (rest is ['.', ..])
        {
            var length = rest[1..].IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length - 1;
            if (length == 0)
            {
                return null;
            }

            for (var i = 1; i <= 3; i++)
            {
                milliseconds = (milliseconds * 10) + (i <= length ? rest[i] - '0' : 0);
            }

            rest = rest[(length + 1)..];
        }

        return new TimeSpan(0, 0, 0, seconds, milliseconds);
    }

    private static TimeSpan? ReadOffset(ReadOnlySpan<char> rest)
    {
        if (rest is ['Z' or 'z'])
        {
            return TimeSpan.Zero;
        }

        if (rest is not (['+' or '-', _, _, ':', _, _] or ['+' or '-', _, _, _, _]))
        {
            return null;
        }

        return TryReadTwo(rest[1..3], 23, out var hours) && TryReadTwo(rest[^2..], 59, out var minutes)
            ? new TimeSpan(hours, minutes, 0) * (rest[0] == '-' ? -1 : 1)
            : null;
    }

    private static bool TryReadTwo(ReadOnlySpan<char> digits, int max, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
