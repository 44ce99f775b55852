using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>Lists the providers that are configured, on one page.</summary>
public sealed record ListIdentityProvidersQuery : IRequest<Result<PageDto<IdentityProviderDto>>>;

internal sealed class ListIdentityProvidersHandler(IIdentityTokens tokens, IMapper mapper)
    : IRequestHandler<ListIdentityProvidersQuery, Result<PageDto<IdentityProviderDto>>>
{
    public Task<Result<PageDto<IdentityProviderDto>>> Handle(
        ListIdentityProvidersQuery request,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<Result<PageDto<IdentityProviderDto>>>(
            new PageDto<IdentityProviderDto>([.. tokens.Providers.Select(mapper.Map<IdentityProviderDto>)], null)
        );
}
