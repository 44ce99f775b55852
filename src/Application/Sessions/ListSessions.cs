using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Sessions;

/// <summary>Lists the live sessions of the current user, newest first, on one page because their number is limited.</summary>
public sealed record ListSessionsQuery : IRequest<Result<PageDto<SessionDto>>>;

internal sealed class ListSessionsHandler(
    ICurrentUser currentUser,
    ISessionRepository sessions,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ListSessionsQuery, Result<PageDto<SessionDto>>>
{
    public async Task<Result<PageDto<SessionDto>>> Handle(
        ListSessionsQuery request,
        CancellationToken cancellationToken
    )
    {
        var live = await sessions.ListLiveAsync(currentUser.Id, clock.Now(), cancellationToken);
        return new PageDto<SessionDto>(
            [
                .. live.Select(session =>
                    mapper.Map<SessionDto>(session) with
                    {
                        Current = session.Id == currentUser.SessionId,
                    }
                ),
            ],
            null
        );
    }
}
