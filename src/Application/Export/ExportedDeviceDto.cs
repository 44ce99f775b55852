using AutoMapper;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Export;

/// <summary>A device that is notified, as it is stored, but for the keys of its messages.</summary>
/// <param name="Id">The UUID that the app has chosen.</param>
/// <param name="SessionId">The session that has put it.</param>
/// <param name="Platform">The service that carries the messages.</param>
/// <param name="Address">The endpoint or the token.</param>
/// <param name="Locale">The language of texts, or null.</param>
/// <param name="Preview">Whether messages hold the title of the task.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastSeenAt">UTC; when it was put last.</param>
public sealed record ExportedDeviceDto(
    Guid Id,
    Guid SessionId,
    PushPlatform Platform,
    string Address,
    string? Locale,
    bool Preview,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<Device, ExportedDeviceDto>();
    }
}
