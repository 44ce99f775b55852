using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Section <c>Accounts</c>: how many wrong passwords are too many.</summary>
public sealed class SignInThrottleOptions
{
    /// <summary>Wrong passwords for one login from one network, or from one device that the account knows, or wrong codes of one account, until 429.</summary>
    [Range(1, 100)]
    public int FailedSignInLimit { get; init; } = 10;

    /// <summary>Wrong passwords for one login from all networks that the account does not know (NIST SP 800-63B-4, 3.2.2: at most 100).</summary>
    [Range(1, 100)]
    public int FailedSignInLoginLimit { get; init; } = 100;

    /// <summary>The same from one address (of IPv6, one /64 network), whatever the logins.</summary>
    [Range(1, 100_000)]
    public int FailedSignInAddressLimit { get; init; } = 100;

    /// <summary>Minutes from the first failure until it starts afresh.</summary>
    [Range(1, 1440)]
    public int FailedSignInMinutes { get; init; } = 15;
}
