using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>The position at which a page ends.</summary>
/// <param name="Key">The sort key of the last item as text.</param>
/// <param name="Tie">The tiebreaker of the last item as text, on one line.</param>
internal readonly record struct CursorPosition(string Key, string Tie);

/// <summary>Encrypts cursors and binds each to its list, filter, order and owner: a cursor of another list is not accepted.</summary>
internal sealed class CursorFormat(IDataProtectionProvider dataProtection)
{
    private const int BindingLength = SHA256.HashSizeInBytes;
    private const char Separator = '\n';

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.Cursor.v1");

    /// <summary>Returns the cursor that continues after this position.</summary>
    /// <param name="list">The name of the list with its order and filter.</param>
    /// <param name="ownerId">The id of the user who owns the list; only this user can use the cursor.</param>
    /// <param name="position">The position of the last item.</param>
    public string Write(string list, Guid ownerId, CursorPosition position)
    {
        var text = $"{position.Tie}{Separator}{position.Key}";
        var payload = new byte[BindingLength + Encoding.UTF8.GetByteCount(text)];
        Bind(list, ownerId, payload);
        Encoding.UTF8.GetBytes(text, payload.AsSpan(BindingLength));
        return Base64Url.EncodeToString(_protector.Protect(payload));
    }

    /// <summary>Returns the position; null if the cursor was not issued for this list.</summary>
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
