using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Common;

/// <summary>Unprotects text that clients send.</summary>
internal static class DataProtectorExtensions
{
    /// <summary>Returns the protected data; null if this protector has not protected the text.</summary>
    public static byte[]? TryUnprotect(this IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(text));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
