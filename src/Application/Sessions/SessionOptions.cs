using System.ComponentModel.DataAnnotations;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Sessions;

/// <summary>Section <c>Sessions</c>: how long a sign-in lasts.</summary>
public sealed class SessionOptions
{
    /// <summary>Days without a refresh.</summary>
    [Range(1, 3650)]
    public int IdleDays { get; init; } = 30;

    /// <summary>Days in all.</summary>
    [Range(1, 3650)]
    public int AbsoluteDays { get; init; } = 90;

    internal SessionLifetime Lifetime => new(TimeSpan.FromDays(IdleDays), TimeSpan.FromDays(AbsoluteDays));
}
