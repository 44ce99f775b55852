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
}
