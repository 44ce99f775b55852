namespace Fitnessify.Client;

/// <summary>What has become of a session.</summary>
public enum SessionStateType
{
    /// <summary>The user has signed in, or begun as a guest.</summary>
    SignedIn,

    /// <summary>The session continues with new tokens.</summary>
    Refreshed,

    /// <summary>The session has ended, and the tokens are deleted.</summary>
    SignedOut,
}

/// <summary>The state of a session after a change of its tokens.</summary>
public sealed class SessionState
{
    internal SessionState(SessionStateType type, Guid sessionId, SignedOutException? reason) =>
        (Type, SessionId, Reason) = (type, sessionId, reason);

    /// <summary>What has become of the session.</summary>
    public SessionStateType Type { get; }

    /// <summary>The id of the session that has begun, continues or has ended.</summary>
    public Guid SessionId { get; }

    /// <summary>Why the server has ended the session; null for other states, and after a sign-out on this device.</summary>
    public SignedOutException? Reason { get; }
}
