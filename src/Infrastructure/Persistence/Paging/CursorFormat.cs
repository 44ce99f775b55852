using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>Where a page ended.</summary>
/// <param name="Key">What the list is ordered by, of the last item.</param>
/// <param name="Tie">What sets the last item apart from others with that key; one line.</param>
internal readonly record struct CursorPosition(string Key, string Tie);

/// <summary>
/// Makes cursors: unreadable, and worthless for any other list, filter, sort or user than the one they were made for.
/// </summary>
internal sealed class CursorFormat(IDataProtectionProvider dataProtection)
{
    private const int BindingLength = SHA256.HashSizeInBytes;
    private const char Separator = '\n';

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.Cursor.v1");

    /// <summary>The cursor after this position.</summary>
    /// <param name="list">Names the list with its sort and filter.</param>
    /// <param name="ownerId">The user who owns the list; a cursor is worthless to anybody else.</param>
    /// <param name="position">The last item.</param>
    public string Write(string list, Guid ownerId, CursorPosition position)
    {
        var text = $"{position.Tie}{Separator}{position.Key}";
        var payload = new byte[BindingLength + Encoding.UTF8.GetByteCount(text)];
        Bind(list, ownerId, payload);
        Encoding.UTF8.GetBytes(text, payload.AsSpan(BindingLength));
        return Base64Url.EncodeToString(_protector.Protect(payload));
    }

    /// <summary>The position, or null when the cursor was not made for this list.</summary>
    public CursorPosition? Read(string list, Guid ownerId, string cursor)
    {
        Span<byte> binding = stackalloc byte[BindingLength];
        Bind(list, ownerId, binding);
        if (
            _protector.TryUnprotect(cursor) is not { Length: >= BindingLength } payload
            || !payload.AsSpan(0, BindingLength).SequenceEqual(binding)
        )
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(payload.AsSpan(BindingLength));
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        return new CursorPosition(text[(end + 1)..], text[..end]);
    }

    private static void Bind(string list, Guid ownerId, Span<byte> destination) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ownerId:N}{list}"), destination);
}
