using Fitnessify.Application.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Notifications;

/// <summary>How long a notification is snoozed.</summary>
/// <param name="Minutes">How long from now, 1 to 10080.</param>
public sealed record SnoozeInput(int? Minutes);

internal sealed class SnoozeInputValidator : RequestValidator<SnoozeInput>
{
    public SnoozeInputValidator() =>
        RuleFor(input => input.Minutes).NotNull().InclusiveBetween(1, TaskItem.SnoozeMaxMinutes);
}
