using AutoMapper;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Sessions;

/// <summary>A device that is signed in.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Device">What the app called it at sign-in, or null.</param>
/// <param name="IpAddress">Where the sign-in or the latest refresh came from, or null.</param>
/// <param name="CreatedAt">UTC; the sign-in.</param>
/// <param name="LastUsedAt">UTC; exact to a minute.</param>
public sealed record SessionDto(
    Guid Id,
    string? Device,
    string? IpAddress,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt
)
{
    /// <summary>Whether it is the one that asks.</summary>
    public bool Current { get; init; }

    private sealed class Map : Profile
    {
        public Map() =>
            CreateMap<Session, SessionDto>().ForMember(session => session.Current, member => member.Ignore());
    }
}
