using Fitnessify.Application.Common;
using Fitnessify.Domain.Sessions;
using FluentValidation;

namespace Fitnessify.Application.Sessions;

/// <summary>Rules for the name of a device.</summary>
internal static class DeviceRules
{
    /// <summary>Accepts one line of at most 100 characters, or null.</summary>
    public static IRuleBuilderOptions<T, string?> Device<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(Session.DeviceMaxLength).PlainText();
}
