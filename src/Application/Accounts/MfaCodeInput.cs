namespace Fitnessify.Application.Accounts;

/// <summary>Codes as people type them: apps show six digits in two groups, and forms send a field that was left empty.</summary>
internal static class MfaCodeInput
{
    /// <summary>Without white space; null when there is nothing else.</summary>
    public static string? Read(string? code) =>
        string.IsNullOrWhiteSpace(code) ? null : string.Concat(code.Where(character => !char.IsWhiteSpace(character)));

    /// <summary>The recovery code; null when it is blank.</summary>
    public static string? ReadRecovery(string? code) => string.IsNullOrWhiteSpace(code) ? null : code;
}
