using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fitnessify.Domain.Common;
using Lib.Net.Http.WebPush.Authentication;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// The token for one push service (RFC 8292, 2), signed again when half of its time is over. The library takes it from here as
/// from a cache: its own tokens follow the clock of the machine, and their audience lacks the port.
/// </summary>
internal sealed class WebPushToken(string origin, string subject, VapidKeyPair pair, TimeProvider clock)
    : IVapidTokenCache
{
    /// <summary>The time for which a token is valid. RFC 8292, 2 permits a day; the clock of a push service may be behind.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);

    private readonly Lock _lock = new();
    private string _token = "";
    private DateTimeOffset _expiresAt;

    public string Get(string audience)
    {
        lock (_lock)
        {
            var now = clock.Now();
            // More than the whole time is left after the clock was set back; such a token would be refused.
            if (_expiresAt - now < Lifetime / 2 || _expiresAt - now > Lifetime)
            {
                _expiresAt = now + Lifetime;
                _token = Sign();
            }

            return _token;
        }
    }

    /// <summary>The library stores a token only if there was none.</summary>
    public void Put(string audience, DateTimeOffset expiration, string token) => throw new NotSupportedException();

    private string Sign()
    {
        Dictionary<string, object> claims = new()
        {
            ["aud"] = origin,
            ["exp"] = _expiresAt.ToUnixTimeSeconds(),
            ["sub"] = subject,
        };
        var data = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        using var key = pair.Open();
        var signature = key.SignData(Encoding.ASCII.GetBytes(data), HashAlgorithmName.SHA256);
        return $"{data}.{Base64Url.EncodeToString(signature)}";
    }
}
