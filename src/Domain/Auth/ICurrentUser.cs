namespace Fitnessify.Domain.Auth;

/// <summary>
/// The user who makes the request. It exists only in authenticated requests; elsewhere reading it throws, because that is a
/// bug.
/// </summary>
public interface ICurrentUser
{
    /// <summary>The user's id.</summary>
    Guid Id { get; }

    /// <summary>The session that the access token belongs to.</summary>
    Guid SessionId { get; }
}

/// <summary>The origin of a request, authenticated or not.</summary>
public interface IClient
{
    /// <summary>The IPv4 or IPv6 address in text form, at most 45 characters; null if the transport has none.</summary>
    string? IpAddress { get; }

    /// <summary>The live session of the request's access token; null without a token.</summary>
    Guid? SessionId { get; }
}
