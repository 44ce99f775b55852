using AutoMapper;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Accounts;

/// <summary>Who am I?</summary>
public sealed record GetMeQuery : IRequest<Result<UserDto>>;

internal sealed class GetMeHandler(ICurrentUser currentUser, IAccountRepository accounts, IMapper mapper)
    : IRequestHandler<GetMeQuery, Result<UserDto>>
{
    public async Task<Result<UserDto>> Handle(GetMeQuery request, CancellationToken cancellationToken)
    {
        var user = await accounts.FindProfileAsync(currentUser.Id, cancellationToken);
        // Gone between the door and here: the same answer as a moment later at the door.
        return user is null ? SessionErrors.SessionRevoked : mapper.Map<UserDto>(user);
    }
}
