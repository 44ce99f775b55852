using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Application.Accounts;

/// <summary>Section <c>Accounts</c>: registration, passwords and sign-in.</summary>
public sealed class AccountOptions
{
    /// <summary>The lowest number of iterations that Production accepts (OWASP Password Storage Cheat Sheet: 210,000 or more).</summary>
    public const int ProductionPasswordIterations = 220_000;

    /// <summary>Length of new passwords, in UTF-16 units.</summary>
    [Range(8, 64)]
    public int MinimumPasswordLength { get; init; } = 12;

    /// <summary>Strength of new passwords, on zxcvbn's scale.</summary>
    [Range(0, 4)]
    public int MinimumPasswordScore { get; init; } = 3;

    /// <summary>Whether sign-in needs a confirmed e-mail address.</summary>
    public bool RequireConfirmedEmail { get; init; }

    /// <summary>Whether the answer to a registration tells that an e-mail address is known.</summary>
    public RegistrationPrivacy RegistrationPrivacy { get; init; }

    /// <summary>Days after which an account goes that was never confirmed and never used, where sign-in needs a confirmed address.</summary>
    [Range(1, 3650)]
    public int UnconfirmedDays { get; init; } = 7;

    /// <summary>Whether apps can begin with a guest, who registers later.</summary>
    public bool Guests { get; init; }

    /// <summary>Days after which a guest goes who is not seen.</summary>
    [Range(1, 3650)]
    public int GuestDays { get; init; } = 30;

    /// <summary>Iterations of PBKDF2-HMAC-SHA512. Production accepts no fewer than the default.</summary>
    [Range(1, 100_000_000)]
    public int PasswordIterations { get; init; } = ProductionPasswordIterations;

    /// <summary>Threads for password hashing.</summary>
    /// <value>number of cores</value>
    [Range(1, 256)]
    public int HashingConcurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>How many requests may wait for a thread; further ones are answered with 503.</summary>
    [Range(1, 10_000)]
    public int HashingQueue { get; init; } = 64;

    /// <summary>Seconds that a request waits for a thread at most, however short the queue.</summary>
    [Range(1, 60)]
    public int HashingWaitSeconds { get; init; } = 3;

    /// <summary>Wrong passwords for one login from one network, or from one device that the account knows, or wrong codes of one account, until 429.</summary>
    [Range(1, 100)]
    public int FailedSignInLimit { get; init; } = 10;

    /// <summary>Wrong passwords for one login from all networks that the account does not know (NIST SP 800-63B-4, 3.2.2: at most 100).</summary>
    [Range(1, 100)]
    public int FailedSignInLoginLimit { get; init; } = 100;

    /// <summary>Wrong passwords from one address (of IPv6, one /64 network), whatever the logins.</summary>
    [Range(1, 100_000)]
    public int FailedSignInAddressLimit { get; init; } = 100;

    /// <summary>Minutes from the first failure until counting starts afresh.</summary>
    [Range(1, 1440)]
    public int FailedSignInMinutes { get; init; } = 15;

    /// <summary>Whether a registration must not tell that an address is known.</summary>
    public bool IsPrivate => RegistrationPrivacy == RegistrationPrivacy.Private;
}

/// <summary>What a registration tells about an address that is known.</summary>
public enum RegistrationPrivacy
{
    /// <summary>That an account with it exists.</summary>
    Open,

    /// <summary>Nothing: only a mail to the address tells, and nobody signs in before it is confirmed.</summary>
    Private,
}
