using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>Verifies tokens that the server has signed (RFC 7515), as those do who receive them.</summary>
internal static class SignedJwt
{
    /// <summary>Returns the claims; null unless the key has signed the token, and its header names the key and the algorithm.</summary>
    public static JsonElement? Verify(string token, SigningKey key)
    {
        try
        {
            var parts = token.Split('.');
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            return
                parts.Length == 3
                && header.RootElement.GetProperty("alg").GetString() == key.Algorithm
                && header.RootElement.GetProperty("kid").GetString() == key.Kid
                && key.Verifies(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]))
                ? JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement
                : null;
        }
        catch (Exception exception)
            when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
