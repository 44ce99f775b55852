using System.Text.RegularExpressions;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;
using FluentValidation.Results;

namespace Fitnessify.Application.Tasks;

/// <summary>Rules for the checklist of a task. FluentValidation has none for the keys of a dictionary.</summary>
internal static partial class ChecklistRules
{
    /// <summary>Accepts at most 100 items with valid keys, each of which the validator accepts.</summary>
    /// <param name="items">The items by their keys, or null.</param>
    /// <param name="context">Takes the failures.</param>
    /// <param name="validator">Validates one item.</param>
    /// <param name="canRemove">Whether an item may be null.</param>
    public static void Validate<T, TItem>(
        IReadOnlyDictionary<string, TItem>? items,
        ValidationContext<T> context,
        IValidator<TItem> validator,
        bool canRemove
    )
    {
        if (items is null)
        {
            return;
        }

        if (items.Count > Checklist.MaxCount)
        {
            Fail([], FieldErrorCodes.TooLong, $"There may be at most {Checklist.MaxCount}.");
            return;
        }

        foreach (var (key, item) in items)
        {
            if (!Key().IsMatch(key))
            {
                Fail([key], FieldErrorCodes.InvalidFormat, "A key is 1 to 36 of A-Za-z0-9 and -.");
            }

            if (item is null && !canRemove)
            {
                Fail([key], FieldErrorCodes.Required, "A step cannot be null here.");
            }

            foreach (var failure in item is null ? [] : validator.Validate(item).Errors)
            {
                var error = failure.ToFieldError(key);
                Fail(error.Path, error.Code, error.Detail);
            }
        }

        void Fail(IReadOnlyList<string> path, string code, string message) =>
            context.AddFailure(
                new ValidationFailure(context.PropertyPath, message) { ErrorCode = code, CustomState = path }
            );
    }

    [GeneratedRegex(Checklist.KeyPattern)]
    private static partial Regex Key();
}
