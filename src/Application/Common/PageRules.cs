using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Common;

/// <summary>Rules for lists.</summary>
internal static class PageRules
{
    /// <summary>Within the limits of <see cref="PageRequest"/>.</summary>
    public static IRuleBuilderOptions<T, int> PageLimit<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(PageRequest.MinLimit, PageRequest.MaxLimit);
}
