using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Auth;

/// <summary>What is counted when somebody gives a password or a code.</summary>
public sealed record Attempt
{
    private Attempt(string identifier) => Identifier = identifier;

    /// <summary>Of whom; compared in any case.</summary>
    public string Identifier { get; }

    /// <summary>Whether anybody can make one: then it is counted by network too, and strangers use up nobody else's.</summary>
    public bool IsSignIn { get; private init; }

    /// <summary>The device or network, when it is one of the account's: it has a count of its own. See <see cref="Sessions.IKnownDevices"/>.</summary>
    public string? KnownDevice { get; private init; }

    /// <summary>A password for a login, which may be nobody's.</summary>
    public static Attempt SignIn(string login, string? knownDevice = null) =>
        new(login) { IsSignIn = true, KnownDevice = knownDevice };

    /// <summary>What only who has a session, or the password, can give.</summary>
    /// <param name="identifier">From <see cref="Credentials"/>.</param>
    public static Attempt Of(string identifier) => new(identifier);
}
