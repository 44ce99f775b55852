using Fitnessify.Application.Common;
using Fitnessify.Domain.Lists;
using FluentValidation;

namespace Fitnessify.Application.Lists;

/// <summary>Rules for the values of a list.</summary>
internal static class ListRules
{
    /// <summary>Accepts 1 to 100 characters with at least one visible one.</summary>
    public static IRuleBuilderOptions<T, string?> Name<T>(this IRuleBuilder<T, string?> rule) =>
        rule.VisibleText(TaskList.NameMaxLength);

    /// <summary>Accepts #rrggbb, or null.</summary>
    public static IRuleBuilderOptions<T, string?> Color<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches(@"\A#[0-9A-Fa-f]{6}\z").WithMessage("A color is written as #rrggbb.");
}
