using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Admin;

/// <summary>The roles that a user is to have.</summary>
/// <param name="Roles">All of them, for instance <c>support</c>; <c>member</c> is added where it is left out.</param>
public sealed record RolesInput(IReadOnlyList<string> Roles);

/// <summary>The shape; which roles there are, the database says.</summary>
internal sealed class RolesInputValidator : RequestValidator<RolesInput>
{
    // More than there are.
    private const int MaxRoles = 20;

    public RolesInputValidator() =>
        RuleFor(input => input.Roles)
            .NotNull()
            .Must(roles => roles.Count <= MaxRoles)
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"There may be at most {MaxRoles}.")
            .Must(roles => roles.Distinct(StringComparer.Ordinal).Count() == roles.Count)
            .WithErrorCode(FieldErrorCodes.Duplicate)
            .WithMessage("A role must not occur twice.");
}
