using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Reads the MFA status of the current user.</summary>
public sealed record GetMfaQuery : IRequest<Result<MfaDto>>;

internal sealed class GetMfaHandler(ICurrentUser currentUser, IMfaRepository factors)
    : IRequestHandler<GetMfaQuery, Result<MfaDto>>
{
    public async Task<Result<MfaDto>> Handle(GetMfaQuery request, CancellationToken cancellationToken) =>
        MfaDto.From(await factors.GetAsync(currentUser.Id, cancellationToken));
}
