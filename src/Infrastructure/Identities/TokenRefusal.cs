namespace Fitnessify.Infrastructure.Identities;

/// <summary>Why a token is refused. Clients do not learn it; the log does.</summary>
internal enum TokenRefusal
{
    /// <summary>The provider is not configured.</summary>
    Provider,

    /// <summary>It is not a signed token with strict JSON, or its header asks for what is not supported.</summary>
    Form,
    Issuer,
    Audience,

    /// <summary>It is expired, too old or from the future, or a time is missing.</summary>
    Time,
    Nonce,
    Subject,

    /// <summary>It is an event without the members of one.</summary>
    Event,

    /// <summary>The issuer has no such key.</summary>
    Key,
    Signature,
}
