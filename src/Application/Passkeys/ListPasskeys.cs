using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Lists the passkeys of the current user, oldest first, on one page because their number is limited.</summary>
public sealed record ListPasskeysQuery : IRequest<Result<PageDto<PasskeyDto>>>;

internal sealed class ListPasskeysHandler(ICurrentUser currentUser, IPasskeys passkeys, IMapper mapper)
    : IRequestHandler<ListPasskeysQuery, Result<PageDto<PasskeyDto>>>
{
    public async Task<Result<PageDto<PasskeyDto>>> Handle(
        ListPasskeysQuery request,
        CancellationToken cancellationToken
    ) =>
        new PageDto<PasskeyDto>(
            [.. (await passkeys.ListAsync(currentUser.Id, cancellationToken)).Select(mapper.Map<PasskeyDto>)],
            null
        );
}
