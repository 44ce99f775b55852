using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Ends a session one of whose void access tokens was used.</summary>
/// <param name="SessionId">The session.</param>
public sealed record RevokeReusedSessionCommand(Guid SessionId) : IRequest<Result>;

internal sealed class RevokeReusedSessionHandler(ISessionRepository sessions, RefreshReuse reuse, TimeProvider clock)
    : IRequestHandler<RevokeReusedSessionCommand, Result>
{
    public async Task<Result> Handle(RevokeReusedSessionCommand request, CancellationToken cancellationToken) =>
        await sessions.FindAsync(request.SessionId, cancellationToken) is { } session && session.IsLive(clock.Now())
            ? await reuse.EndAsync(session, cancellationToken)
            : SessionErrors.SessionRevoked;
}
