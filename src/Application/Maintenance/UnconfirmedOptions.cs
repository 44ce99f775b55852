using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Application.Maintenance;

/// <summary>Section <c>Accounts</c>: how long an address has to be confirmed.</summary>
public sealed class UnconfirmedOptions
{
    /// <summary>Days after which an account goes that was never confirmed and never used, where sign-in needs a confirmed address.</summary>
    [Range(1, 3650)]
    public int UnconfirmedDays { get; init; } = 7;
}
