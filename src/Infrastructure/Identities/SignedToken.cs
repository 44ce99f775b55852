using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// A token in the compact form of JSON Web Signature (RFC 7515, 7.1), whose signature is not verified yet. Header and payload
/// are read more strictly than the library does, so that no two readers can see different claims in one token.
/// </summary>
internal sealed class SignedToken
{
    private const int MaxLength = 16 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private SignedToken(string text, JsonElement header, JsonElement payload) =>
        (Text, Header, Payload) = (text, header, payload);

    public string Text { get; }

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    /// <summary>Reads a token; returns null if it does not have the form.</summary>
    public static SignedToken? TryRead(string text)
    {
        if (text.Length > MaxLength || !text.All(IsOfToken) || text.Split('.') is not [var header, var payload, _])
        {
            return null;
        }

        return TryParse(header) is { } first && TryParse(payload) is { } second
            ? new SignedToken(text, first, second)
            : null;
    }

    // The decoder would skip white space and padding.
    private static bool IsOfToken(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';

    private static JsonElement? TryParse(string part)
    {
        try
        {
            return StrictJson.TryParse(Utf8.GetString(Base64Url.DecodeFromChars(part)));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
