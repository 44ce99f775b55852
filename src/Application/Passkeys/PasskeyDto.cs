using AutoMapper;
using Fitnessify.Domain.Passkeys;

namespace Fitnessify.Application.Passkeys;

/// <summary>A key on a device that signs in without a password.</summary>
/// <param name="Id">The authenticator's name for it, in base64url.</param>
/// <param name="Name">What its owner calls it, or null.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="IsBackedUp">Whether it is copied to other devices of its owner, as of its last use.</param>
public sealed record PasskeyDto(string Id, string? Name, DateTimeOffset CreatedAt, bool IsBackedUp)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<Passkey, PasskeyDto>();
    }
}
