using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>Section <c>Sessions</c>: how soon the end of a session is known.</summary>
public sealed class RevocationOptions
{
    /// <summary>Seconds after which every instance knows at the latest that a session has ended.</summary>
    [Range(1, 300)]
    public int RevocationSeconds { get; init; } = 10;
}
