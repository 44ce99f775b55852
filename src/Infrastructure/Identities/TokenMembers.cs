using System.Text.Json;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>Reads members of header and payload. A member of another type than the expected one is as good as missing.</summary>
internal static class TokenMembers
{
    // RFC 7519, 2 does not limit a NumericDate. No clock of an issuer is beyond the year 5138.
    private const double MaxSeconds = 1e11;

    public static bool Has(this JsonElement parent, string name) => parent.TryGetProperty(name, out _);

    /// <summary>Returns a text, or null.</summary>
    public static string? FindText(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.AsText() : null;

    public static string? AsText(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Escapes can stand for half a surrogate pair, which is no text.
            return null;
        }
    }

    /// <summary>Returns a time (RFC 7519, 2: NumericDate), or null if there is none or the number cannot be a time.</summary>
    public static DateTimeOffset? FindTime(this JsonElement parent, string name) =>
        FindNumber(parent, name) is { } seconds and <= MaxSeconds ? ToTime(seconds) : null;

    /// <summary>Returns a time in seconds or in milliseconds, or null.</summary>
    public static DateTimeOffset? FindTimeOfEitherUnit(this JsonElement parent, string name) =>
        FindNumber(parent, name) switch
        {
            { } seconds and <= MaxSeconds => ToTime(seconds),
            { } milliseconds and <= MaxSeconds * 1000 => ToTime(milliseconds / 1000),
            _ => null,
        };

    private static double? FindNumber(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
        && number >= 0
            ? number
            : null;

    private static DateTimeOffset ToTime(double seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
}
