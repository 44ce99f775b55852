using AutoMapper;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Push;

/// <summary>An app on a device that receives notifications while it is closed. Its endpoint or token is not shown.</summary>
/// <param name="Id">The UUID that the app has chosen.</param>
/// <param name="SessionId">The session that has put it, with which it goes.</param>
/// <param name="Platform">The service that carries the messages.</param>
/// <param name="Locale">The language tag (BCP 47) of texts that the server writes; null for that of the account.</param>
/// <param name="Preview">Whether messages hold the title of the task, which a locked screen may show.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastSeenAt">UTC; when it was put last.</param>
public sealed record DeviceDto(
    Guid Id,
    Guid SessionId,
    PushPlatform Platform,
    string? Locale,
    bool Preview,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<Device, DeviceDto>();
    }
}
