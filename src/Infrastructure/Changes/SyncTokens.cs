using System.Buffers.Binary;
using System.Buffers.Text;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>A place in the order of one owner's changes.</summary>
/// <param name="Epoch">The generation of the numbers: those from before a restore are not those of now.</param>
/// <param name="Version">The last change that has been told.</param>
/// <param name="PurgedThrough">How far deletions were forgotten at that time; whoever holds the token has missed none of them.</param>
internal readonly record struct SyncPosition(long Epoch, long Version, long PurgedThrough);

/// <summary>Makes sync tokens: a place in the order of one owner's changes, unreadable and bound to the owner.</summary>
internal sealed class SyncTokens(IDataProtectionProvider dataProtection)
{
    private const int GuidLength = 16;
    private const int Length = GuidLength + (3 * sizeof(long));

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.SyncToken.v1");

    /// <summary>The token for this place.</summary>
    public string Write(Guid ownerId, SyncPosition position)
    {
        var payload = new byte[Length];
        ownerId.TryWriteBytes(payload);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(GuidLength), position.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(GuidLength + sizeof(long)), position.Version);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(GuidLength + (2 * sizeof(long))), position.PurgedThrough);
        return Base64Url.EncodeToString(_protector.Protect(payload));
    }

    /// <summary>The place, or null when the token was not issued to this owner.</summary>
    public SyncPosition? Read(Guid ownerId, string token) =>
        _protector.TryUnprotect(token) is { Length: Length } payload
        && new Guid(payload.AsSpan(0, GuidLength)) == ownerId
            ? new SyncPosition(
                BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(GuidLength)),
                BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(GuidLength + sizeof(long))),
                BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(GuidLength + (2 * sizeof(long))))
            )
            : null;
}
