using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Lists all lists of the current user by their positions, archived ones too.</summary>
public sealed record ListListsQuery : IRequest<Result<PageDto<ListDto>>>;

internal sealed class ListListsHandler(ICurrentUser currentUser, IListRepository lists, IMapper mapper)
    : IRequestHandler<ListListsQuery, Result<PageDto<ListDto>>>
{
    public async Task<Result<PageDto<ListDto>>> Handle(ListListsQuery request, CancellationToken cancellationToken)
    {
        var all = await lists.ListAsync(currentUser.Id, cancellationToken);
        // There are so few that they are always one page.
        return new PageDto<ListDto>([.. all.Select(mapper.Map<ListDto>)], NextCursor: null);
    }
}
