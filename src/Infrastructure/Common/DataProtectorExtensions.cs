using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Common;

/// <summary>Data Protection for text that comes back from outside.</summary>
internal static class DataProtectorExtensions
{
    /// <summary>What was protected, or null when the text is not the protector's.</summary>
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
