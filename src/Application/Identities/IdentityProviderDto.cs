using AutoMapper;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Identities;

/// <summary>A provider whose identities can sign in.</summary>
/// <param name="Provider">Its name, for instance <c>google</c>.</param>
/// <param name="Issuer">The issuer of its ID tokens.</param>
/// <param name="ClientIds">The client ids that ID tokens are accepted for.</param>
public sealed record IdentityProviderDto(string Provider, string Issuer, IReadOnlyList<string> ClientIds)
{
    private sealed class Map : Profile
    {
        public Map() =>
            CreateMap<IdentityProvider, IdentityProviderDto>()
                .ForCtorParam(nameof(Provider), parameter => parameter.MapFrom(provider => provider.Name));
    }
}
