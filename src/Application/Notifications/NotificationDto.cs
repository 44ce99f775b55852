using AutoMapper;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Notifications;

/// <summary>Something that the user is told.</summary>
/// <param name="Id">UUID; also the id of its event in the stream.</param>
/// <param name="Type">What it tells; expect more of them in time.</param>
/// <param name="TaskId">The task that it tells of, which may be gone by now.</param>
/// <param name="Title">The task's title at that moment.</param>
/// <param name="DueAt">UTC; when the task was due.</param>
/// <param name="MinutesBefore">The minutes before the due of a reminder; null for other notifications.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="ReadAt">UTC; null while unread.</param>
/// <param name="SnoozedUntil">UTC; when it is told again, or null.</param>
public sealed record NotificationDto(
    Guid Id,
    NotificationType Type,
    Guid TaskId,
    string Title,
    DateTimeOffset DueAt,
    int? MinutesBefore,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt,
    DateTimeOffset? SnoozedUntil
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<Notification, NotificationDto>();
    }
}
