using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Buys the next tokens of a session.</summary>
/// <param name="RefreshToken">From sign-in or the refresh before.</param>
public sealed record RefreshTokensCommand(string RefreshToken) : IRequest<Result<TokensDto>>;

internal sealed class RefreshTokensValidator : RequestValidator<RefreshTokensCommand>
{
    public RefreshTokensValidator() => RuleFor(command => command.RefreshToken).NotEmpty();
}

internal sealed class RefreshTokensHandler(
    SessionOptions options,
    SessionLifetime lifetime,
    ISessionTokens tokens,
    ISessionRepository sessions,
    RefreshReuse reuse,
    IClient client,
    TimeProvider clock
) : IRequestHandler<RefreshTokensCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(RefreshTokensCommand request, CancellationToken cancellationToken)
    {
        if (tokens.Read(request.RefreshToken) is not { } claim)
        {
            return SessionErrors.RefreshTokenInvalid;
        }

        while (await sessions.FindAsync(claim.SessionId, cancellationToken) is { } session)
        {
            var now = clock.Now();
            switch (session.Classify(claim.Counter, options.RefreshGrace, now))
            {
                case RefreshTokenStatus.Current:
                    session.Refresh(lifetime, now);
                    break;
                case RefreshTokenStatus.Lost:
                    session.Replace(lifetime, now);
                    break;
                case RefreshTokenStatus.Previous:
                    return TokensDto.From(session, tokens.Issue(session, now));
                case RefreshTokenStatus.Reused:
                    return await reuse.EndAsync(session, cancellationToken);
                default:
                    return SessionErrors.RefreshTokenInvalid;
            }

            var moved = session.MoveTo(client.IpAddress)
                ? AuditEvent.Of(AuditEventType.SessionMoved, session.OwnerId, client, now, session.Id, session.Device)
                : null;
            if (await sessions.TryStoreRefreshAsync(session, moved, cancellationToken))
            {
                return TokensDto.From(session, tokens.Issue(session, now));
            }

            // Somebody else was quicker. Looked at again, this token is the previous one, or the session has ended.
        }

        return SessionErrors.RefreshTokenInvalid;
    }
}
