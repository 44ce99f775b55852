using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Sessions;

/// <summary>Signs all own devices out but the one that asks.</summary>
public sealed record EndOtherSessionsCommand : IRequest<Result>;

internal sealed class EndOtherSessionsHandler(OtherSessions others, IUnitOfWork unitOfWork)
    : IRequestHandler<EndOtherSessionsCommand, Result>
{
    public async Task<Result> Handle(EndOtherSessionsCommand request, CancellationToken cancellationToken)
    {
        await others.EndAsync(SessionEnd.EndedElsewhere, cancellationToken);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
