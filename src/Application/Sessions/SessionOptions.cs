using System.ComponentModel.DataAnnotations;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Sessions;

/// <summary>Section <c>Sessions</c>: how long a sign-in lasts.</summary>
public sealed class SessionOptions
{
    /// <summary>Days that a session lives without a refresh.</summary>
    [Range(1, 3650)]
    public int IdleDays { get; init; } = 30;

    /// <summary>Days that a session lives in all.</summary>
    [Range(1, 3650)]
    public int AbsoluteDays { get; init; } = 90;

    /// <summary>Live sessions of one user; the oldest ends for one more.</summary>
    [Range(1, 1000)]
    public int MaxPerUser { get; init; } = 50;

    /// <summary>Seconds for which the refresh token before the newest still works; 0 takes that away.</summary>
    [Range(0, 3600)]
    public int RefreshGraceSeconds { get; init; } = 30;

    /// <summary>Minutes that an access token works.</summary>
    [Range(1, 1440)]
    public int AccessTokenMinutes { get; init; } = 15;

    /// <summary>Seconds after which every instance knows at the latest that a session has ended.</summary>
    [Range(1, 300)]
    public int RevocationSeconds { get; init; } = 10;

    internal TimeSpan RefreshGrace => TimeSpan.FromSeconds(RefreshGraceSeconds);

    /// <summary>Returns the lifetimes of sessions, for guests who go after so many days.</summary>
    internal SessionLifetime LifetimeWith(int guestDays) =>
        new(TimeSpan.FromDays(IdleDays), TimeSpan.FromDays(AbsoluteDays), TimeSpan.FromDays(guestDays));
}
