using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Ends a session.</summary>
/// <param name="RefreshToken">A refresh token of the session, for a device whose access token has expired.</param>
public sealed record LogoutUserCommand(string? RefreshToken = null) : IRequest<Result>;

internal sealed class LogoutUserValidator : RequestValidator<LogoutUserCommand>
{
    public LogoutUserValidator() => RuleFor(command => command.RefreshToken).PlainText();
}

internal sealed class LogoutUserHandler(
    ISessionTokens tokens,
    ISessionRepository sessions,
    AuditLog audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LogoutUserCommand, Result>
{
    public async Task<Result> Handle(LogoutUserCommand request, CancellationToken cancellationToken)
    {
        if (request.RefreshToken is null && client.SessionId is null)
        {
            return SessionErrors.Unauthenticated;
        }

        if (
            (request.RefreshToken is null ? client.SessionId : tokens.Read(request.RefreshToken)?.SessionId)
            is not { } id
        )
        {
            return SessionErrors.RefreshTokenInvalid;
        }

        var now = clock.Now();
        // A session that has ended already is what was asked for.
        if (await sessions.FindAsync(id, cancellationToken) is { } session && session.IsLive(now))
        {
            session.Revoke(SessionEnd.SignedOut, now);
            audit.Record(AuditEventType.SignedOut, session.OwnerId, session.Id, session.Device);
        }

        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
