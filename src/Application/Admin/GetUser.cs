using AutoMapper;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>One user.</summary>
/// <param name="Id">The user.</param>
public sealed record GetUserQuery(Guid Id) : IRequest<Result<AdminUserDto>>;

internal sealed class GetUserHandler(IUserDirectory directory, IMapper mapper, TimeProvider clock)
    : IRequestHandler<GetUserQuery, Result<AdminUserDto>>
{
    public async Task<Result<AdminUserDto>> Handle(GetUserQuery request, CancellationToken cancellationToken) =>
        await directory.FindAsync(request.Id, clock.Now(), cancellationToken) is { } user
            ? mapper.Map<AdminUserDto>(user)
            : CommonErrors.NotFound;
}
