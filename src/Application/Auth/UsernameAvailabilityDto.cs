namespace Fitnessify.Application.Auth;

/// <summary>Whether a username can be registered.</summary>
/// <param name="Username">The name in question, trimmed.</param>
/// <param name="Available">True when it is free and well formed.</param>
/// <param name="Reason">Why not; null when it is available.</param>
public sealed record UsernameAvailabilityDto(string Username, bool Available, UsernameProblem? Reason);

/// <summary>Why a username cannot be registered.</summary>
public enum UsernameProblem
{
    /// <summary>Not 3 to 30 letters, digits, '.', '_' or '-', alphanumeric at both ends.</summary>
    Invalid,

    /// <summary>Kept for the operator.</summary>
    Reserved,

    /// <summary>Somebody has it.</summary>
    Taken,
}
