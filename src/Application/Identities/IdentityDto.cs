using AutoMapper;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Identities;

/// <summary>An identity at a provider that signs in to the account.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Provider">The name of the provider, for instance <c>google</c>.</param>
/// <param name="Email">The verified address that the identity had when it was linked, or null.</param>
/// <param name="CreatedAt">UTC; the time of the link.</param>
public sealed record IdentityDto(Guid Id, string Provider, string? Email, DateTimeOffset CreatedAt)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<LinkedIdentity, IdentityDto>();
    }
}
