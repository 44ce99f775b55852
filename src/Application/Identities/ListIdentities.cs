using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>Lists the identities of the current user, oldest first, on one page because their number is limited.</summary>
public sealed record ListIdentitiesQuery : IRequest<Result<PageDto<IdentityDto>>>;

internal sealed class ListIdentitiesHandler(ICurrentUser currentUser, IIdentityRepository identities, IMapper mapper)
    : IRequestHandler<ListIdentitiesQuery, Result<PageDto<IdentityDto>>>
{
    public async Task<Result<PageDto<IdentityDto>>> Handle(
        ListIdentitiesQuery request,
        CancellationToken cancellationToken
    ) =>
        new PageDto<IdentityDto>(
            [.. (await identities.ListAsync(currentUser.Id, cancellationToken)).Select(mapper.Map<IdentityDto>)],
            null
        );
}
