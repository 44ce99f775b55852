using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Infrastructure.Security;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Where a page ended.</summary>
/// <param name="At">UTC, of the last item.</param>
/// <param name="Id">Of the last item.</param>
internal readonly record struct CursorPosition(DateTimeOffset At, Guid Id);

/// <summary>
/// Makes cursors: unreadable, and worthless for any other list, filter, sort or user than the one they were made for.
/// </summary>
internal sealed class Cursors(IDataProtectionProvider dataProtection)
{
    private const int GuidLength = 16;
    private const int BindingLength = SHA256.HashSizeInBytes;
    private const int Length = BindingLength + sizeof(long) + GuidLength;

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.Cursor.v1");

    /// <summary>The cursor after this position.</summary>
    /// <param name="list">Names the list with its sort and filter.</param>
    /// <param name="ownerId">Whose list.</param>
    /// <param name="position">The last item.</param>
    public string Write(string list, Guid ownerId, CursorPosition position)
    {
        var payload = new byte[Length];
        Bind(list, ownerId, payload);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(BindingLength), position.At.UtcTicks);
        position.Id.TryWriteBytes(payload.AsSpan(BindingLength + sizeof(long)));
        return Base64Url.EncodeToString(_protector.Protect(payload));
    }

    /// <summary>The position, or null when the cursor was not made for this list.</summary>
    public CursorPosition? Read(string list, Guid ownerId, string cursor)
    {
        Span<byte> binding = stackalloc byte[BindingLength];
        Bind(list, ownerId, binding);
        if (
            _protector.TryUnprotect(cursor) is not { Length: Length } payload
            || !payload.AsSpan(0, BindingLength).SequenceEqual(binding)
        )
        {
            return null;
        }

        return new CursorPosition(
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(BindingLength)), TimeSpan.Zero),
            new Guid(payload.AsSpan(BindingLength + sizeof(long)))
        );
    }

    private static void Bind(string list, Guid ownerId, Span<byte> destination) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ownerId:N}{list}"), destination);
}
