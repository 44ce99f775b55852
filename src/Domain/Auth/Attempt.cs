using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Auth;

/// <summary>An attempt with a password or a code, which the throttle counts.</summary>
public sealed record Attempt
{
    private Attempt(string identifier) => Identifier = identifier;

    /// <summary>The identifier that is counted; compared case-insensitively.</summary>
    public string Identifier { get; }

    /// <summary>
    /// Whether the attempt is a sign-in, which anybody can make. It is then also counted by network, so that strangers do not
    /// use up the attempts of the user.
    /// </summary>
    public bool IsSignIn { get; private init; }

    /// <summary>The known device or network of the account, which has its own count; see <see cref="Sessions.IKnownDevices"/>.</summary>
    public string? KnownDevice { get; private init; }

    /// <summary>Creates a sign-in attempt for a login that may not exist.</summary>
    public static Attempt SignIn(string login, string? knownDevice = null) =>
        new(login) { IsSignIn = true, KnownDevice = knownDevice };

    /// <summary>Creates an attempt that only a user with a session or the password can make.</summary>
    /// <param name="identifier">An identifier from <see cref="Credentials"/>.</param>
    public static Attempt Of(string identifier) => new(identifier);
}
