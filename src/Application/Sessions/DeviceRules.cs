using Fitnessify.Application.Common;
using Fitnessify.Domain.Sessions;
using FluentValidation;

namespace Fitnessify.Application.Sessions;

/// <summary>What an app calls its device.</summary>
internal static class DeviceRules
{
    /// <summary>One line of at most 100 characters, or nothing.</summary>
    public static IRuleBuilderOptions<T, string?> Device<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(Session.DeviceMaxLength).PlainText();

    /// <summary>Without blanks around it; null when there is nothing else: then it has no name.</summary>
    public static string? Read(string? device) => string.IsNullOrWhiteSpace(device) ? null : device.Trim();
}
