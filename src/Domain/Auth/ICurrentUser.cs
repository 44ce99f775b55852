namespace Fitnessify.Domain.Auth;

/// <summary>Who is asking. Only for requests behind authentication; reading it elsewhere is a bug and throws.</summary>
public interface ICurrentUser
{
    /// <summary>The user's id.</summary>
    Guid Id { get; }

    /// <summary>The session that the access token belongs to.</summary>
    Guid SessionId { get; }
}

/// <summary>Where the request comes from, signed in or not.</summary>
public interface IClient
{
    /// <summary>IPv4 or IPv6 in text form, at most 45 characters; null when the transport has none.</summary>
    string? IpAddress { get; }

    /// <summary>The live session that the request's access token names; null when it comes without one.</summary>
    Guid? SessionId { get; }
}
