using Fitnessify.Application.Common;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Admin;

/// <summary>Rules for what admins send.</summary>
internal static class AdminRules
{
    private const int RoleMaxLength = 50;

    /// <summary>What the name of a role looks like; whether there is such a role, the database says.</summary>
    public static IRuleBuilderOptions<T, string?> Role<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(RoleMaxLength).PlainText();

    /// <summary>The failure for a role that is not among these, or null.</summary>
    /// <param name="roles">All there are.</param>
    /// <param name="name">The one that was sent.</param>
    /// <param name="path">Where it was sent.</param>
    public static FieldError? UnknownRole(IReadOnlyList<Role> roles, string name, params IReadOnlyList<string> path) =>
        roles.Any(role => role.Name == name)
            ? null
            : new FieldError(
                path,
                FieldErrorCodes.NotAllowed,
                $"Use one of {string.Join(", ", roles.Select(role => role.Name))}."
            );
}
