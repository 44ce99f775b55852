using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Sessions;

public sealed class SessionTokensTests
{
    private readonly DateTimeOffset _now = new FakeTimeProvider().GetUtcNow();
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly AccessTokenFormat _format;
    private readonly Session _session;
    private readonly IssuedTokens _issued;

    public SessionTokensTests()
    {
        _format = new AccessTokenFormat(_keys);
        var lifetime = new SessionLifetime(TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(30));
        _session = Session.Start(Guid.CreateVersion7(), null, null, lifetime, _now);
        _issued = new SessionTokens(_format, _keys, new SessionOptions { AccessTokenMinutes = 7 }).Issue(
            _session,
            _now
        );
    }

    [Test]
    public void An_access_token_contains_user_session_counter_and_expiry()
    {
        var ticket = _format.Unprotect(_issued.AccessToken)!;

        Assert.That(
            ticket.Principal.Claims.Select(claim => (claim.Type, claim.Value)),
            Is.EqualTo([("sub", $"{_session.OwnerId}"), ("sid", $"{_session.Id}"), ("counter", "0")])
        );
        // Tickets store whole seconds.
        Assert.That(ticket.Properties.ExpiresUtc, Is.EqualTo(_now.AddMinutes(7)).Within(TimeSpan.FromSeconds(1)));
        Assert.That(ticket.AuthenticationScheme, Is.EqualTo("Bearer"));
        Assert.That(_issued.AccessTokenLifetime, Is.EqualTo(TimeSpan.FromMinutes(7)));
    }

    [Test]
    public void A_refresh_token_contains_session_and_counter()
    {
        var payload = RefreshTokens.Unprotect(Base64Url.DecodeFromChars(_issued.RefreshToken));

        Assert.That(new Guid(payload.AsSpan(0, 16), bigEndian: true), Is.EqualTo(_session.Id));
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(16)), Is.EqualTo(_session.RefreshCounter));
    }

    [Test]
    public void A_refresh_token_is_not_accepted_as_an_access_token() =>
        Assert.That(_format.Unprotect(_issued.RefreshToken), Is.Null);

    [Test]
    public void An_access_token_is_not_accepted_as_a_refresh_token() =>
        Assert.That(
            () => RefreshTokens.Unprotect(Base64Url.DecodeFromChars(_issued.AccessToken)),
            Throws.InstanceOf<CryptographicException>()
        );

    [TestCase("tampered")]
    [TestCase("truncated")]
    [TestCase("empty")]
    [TestCase("no base64")]
    [TestCase("other keys")]
    public void A_text_that_was_not_issued_here_is_not_an_access_token(string kind)
    {
        var token = _issued.AccessToken;
        var middle = token.Length / 2;
        var forged = kind switch
        {
            "tampered" => $"{token[..middle]}{(token[middle] == 'A' ? 'B' : 'A')}{token[(middle + 1)..]}",
            "truncated" => token[..middle],
            "empty" => "",
            "no base64" => "!" + token,
            _ => new AccessTokenFormat(new EphemeralDataProtectionProvider()).Issue(_session, _now, _now.AddDays(1)),
        };

        Assert.That(_format.Unprotect(forged), Is.Null);
    }

    private IDataProtector RefreshTokens => _keys.CreateProtector("Fitnessify.RefreshToken.v1");
}
