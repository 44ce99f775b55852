using AutoMapper;
using Fitnessify.Domain.Admin;

namespace Fitnessify.Application.Admin;

/// <summary>A role.</summary>
/// <param name="Name">For instance <c>support</c>.</param>
/// <param name="Permissions">What it permits, for instance <c>users:read</c>.</param>
public sealed record RoleDto(string Name, IReadOnlyList<string> Permissions)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<Role, RoleDto>();
    }
}
