namespace Fitnessify.Application.Auth;

/// <summary>What a password must be. There are no rules of composition.</summary>
/// <param name="MinimumLength">UTF-16 units.</param>
/// <param name="MaximumLength">UTF-16 units.</param>
/// <param name="MinimumScore">Of 0 to 4, see the password strength route.</param>
public sealed record PasswordPolicyDto(int MinimumLength, int MaximumLength, int MinimumScore);
