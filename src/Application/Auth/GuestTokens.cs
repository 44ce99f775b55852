using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>Reads the refresh token of a guest that a sign-in brings along.</summary>
internal sealed class GuestTokens(
    SessionOptions options,
    ISessionTokens tokens,
    ISessionRepository sessions,
    RefreshReuse reuse,
    TimeProvider clock
)
{
    /// <summary>
    /// Returns the session of the guest, to be looked up again where it is merged. It is null, and the sign-in goes on without a
    /// merge, for a member's token and for one that is not valid any more. A token that counts as reused ends the session of
    /// the guest, in the unit of work, as it does at a refresh (RFC 9700, 4.14.2).
    /// </summary>
    public async Task<Session?> FindSessionAsync(string? guestToken, CancellationToken cancellationToken)
    {
        if (
            guestToken is null
            || tokens.Read(guestToken) is not { } claim
            || await sessions.FindAsync(claim.SessionId, cancellationToken) is not { AuthenticatedAt: null } session
        )
        {
            return null;
        }

        var status = session.Classify(claim.Counter, options.RefreshGrace, clock.Now());
        if (status == RefreshTokenStatus.Reused)
        {
            reuse.End(session);
        }

        return status is RefreshTokenStatus.Current or RefreshTokenStatus.Previous or RefreshTokenStatus.Lost
            ? session
            : null;
    }
}
