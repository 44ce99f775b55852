using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// Signs the provider tokens
/// (https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns). Apple accepts
/// each for an hour, and asks not to be given another one within twenty minutes.
/// </summary>
internal sealed class ApnsTokens(AppleKey key, TimeProvider clock)
{
    /// <summary>The time for which a token is used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(40);

    private readonly Lock _gate = new();
    private string? _current;
    private DateTimeOffset _issuedAt;

    /// <summary>Returns the token to use now.</summary>
    public string Get()
    {
        var now = clock.Now();
        lock (_gate)
        {
            // After the clock was set back, Apple would find that the token comes from the future.
            if (_current is null || now >= _issuedAt + Lifetime || now < _issuedAt)
            {
                (_current, _issuedAt) = (key.Sign(now), now);
            }

            return _current;
        }
    }

    /// <summary>Discards a token that Apple has rejected.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            if (_current == token)
            {
                _current = null;
            }
        }
    }
}
