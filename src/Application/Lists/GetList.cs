using AutoMapper;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Reads a list of the current user.</summary>
/// <param name="Id">The list.</param>
public sealed record GetListQuery(Guid Id) : IRequest<Result<ListDto>>;

internal sealed class GetListHandler(ICurrentUser currentUser, IListRepository lists, IMapper mapper)
    : IRequestHandler<GetListQuery, Result<ListDto>>
{
    public async Task<Result<ListDto>> Handle(GetListQuery request, CancellationToken cancellationToken)
    {
        var list = await lists.ReadAsync(currentUser.Id, request.Id, cancellationToken);
        return list is null ? CommonErrors.NotFound : mapper.Map<ListDto>(list);
    }
}
