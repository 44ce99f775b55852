namespace Fitnessify.Application.Accounts;

/// <summary>Section <c>Accounts</c>: what a registration tells.</summary>
public sealed class RegistrationOptions
{
    /// <summary>Whether the answer tells that an e-mail address is known.</summary>
    public RegistrationPrivacy RegistrationPrivacy { get; init; }

    /// <summary>Whether it does not.</summary>
    public bool IsPrivate => RegistrationPrivacy == RegistrationPrivacy.Private;
}

/// <summary>What a registration tells of an address that is known.</summary>
public enum RegistrationPrivacy
{
    /// <summary>That an account with it exists.</summary>
    Open,

    /// <summary>Nothing: only a mail to the address tells, and nobody signs in before it is confirmed.</summary>
    Private,
}
