using System.Globalization;
using AutoMapper;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Notifications;

/// <summary>How the user wants to be told.</summary>
/// <param name="Email">Whether by e-mail too; needs a confirmed address.</param>
/// <param name="Push">Whether the registered devices are told while the app is closed.</param>
/// <param name="QuietFrom">Time in the user's zone, HH:mm, from which no mail and no push goes out; null without quiet hours.</param>
/// <param name="QuietTo">Time in the user's zone, HH:mm, from which they go out again; null without quiet hours.</param>
public sealed record NotificationSettingsDto(bool Email, bool Push, string? QuietFrom, string? QuietTo)
{
    private sealed class Map : Profile
    {
        public Map() =>
            CreateMap<NotificationSettings, NotificationSettingsDto>()
                .ForCtorParam(nameof(QuietFrom), parameter => parameter.MapFrom(settings => Write(settings.QuietFrom)))
                .ForCtorParam(nameof(QuietTo), parameter => parameter.MapFrom(settings => Write(settings.QuietTo)));

        private static string? Write(TimeOnly? time) =>
            time?.ToString(LocalTimeRules.Format, CultureInfo.InvariantCulture);
    }
}
