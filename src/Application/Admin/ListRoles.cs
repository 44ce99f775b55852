using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Which roles are there, and what do they permit? All on one page: they are few.</summary>
public sealed record ListRolesQuery : IRequest<Result<PageDto<RoleDto>>>;

internal sealed class ListRolesHandler(IUserDirectory directory, IMapper mapper)
    : IRequestHandler<ListRolesQuery, Result<PageDto<RoleDto>>>
{
    public async Task<Result<PageDto<RoleDto>>> Handle(ListRolesQuery request, CancellationToken cancellationToken) =>
        new PageDto<RoleDto>(
            mapper.Map<IReadOnlyList<RoleDto>>(await directory.ListRolesAsync(cancellationToken)),
            null
        );
}
