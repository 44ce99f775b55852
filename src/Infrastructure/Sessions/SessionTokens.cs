using System.Buffers.Binary;
using System.Buffers.Text;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>Makes tokens with Data Protection, under a purpose of its own for each kind.</summary>
internal sealed class SessionTokens(
    AccessTokenFormat accessTokens,
    IDataProtectionProvider dataProtection,
    SessionOptions options
) : ISessionTokens
{
    private const int GuidLength = 16;

    private readonly IDataProtector _refreshTokens = dataProtection.CreateProtector("Fitnessify.RefreshToken.v1");

    public IssuedTokens Issue(Session session, DateTimeOffset now)
    {
        var lifetime = TimeSpan.FromMinutes(options.AccessTokenMinutes);
        return new IssuedTokens(accessTokens.Issue(session, now, now + lifetime), lifetime, RefreshToken(session));
    }

    public RefreshClaim? Read(string refreshToken) =>
        _refreshTokens.TryUnprotect(refreshToken) is { Length: GuidLength + sizeof(int) } payload
            ? new RefreshClaim(
                new Guid(payload.AsSpan(0, GuidLength), bigEndian: true),
                BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(GuidLength))
            )
            : null;

    // The session and its counter: useless to whoever reads the database, worthless once the counter has moved on.
    private string RefreshToken(Session session)
    {
        Span<byte> payload = stackalloc byte[GuidLength + sizeof(int)];
        session.Id.TryWriteBytes(payload, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(payload[GuidLength..], session.RefreshCounter);
        return Base64Url.EncodeToString(_refreshTokens.Protect(payload.ToArray()));
    }
}
