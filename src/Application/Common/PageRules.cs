using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Common;

internal static class PageRules
{
    public static IRuleBuilderOptions<T, int> PageLimit<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(PageRequest.MinLimit, PageRequest.MaxLimit);
}
