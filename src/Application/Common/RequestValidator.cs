using System.Linq.Expressions;
using System.Text.Json;
using Fitnessify.Domain.Common;
using FluentValidation;
using FluentValidation.Results;

namespace Fitnessify.Application.Common;

/// <summary>Base of all validators: one error a value, the first.</summary>
internal abstract class RequestValidator<T> : AbstractValidator<T>
{
    protected RequestValidator() => RuleLevelCascadeMode = CascadeMode.Stop;

    /// <summary>Each element of a list. Stopping at an error would end the list at its first wrong element.</summary>
    public new IRuleBuilderInitialCollection<T, TElement> RuleForEach<TElement>(
        Expression<Func<T, IEnumerable<TElement>>> expression
    ) => base.RuleForEach(expression).Cascade(CascadeMode.Continue);
}

/// <summary>From FluentValidation's words to those of the API.</summary>
internal static class ValidationFailureExtensions
{
    // FluentValidation names its built-in rules by their class.
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["NotEmptyValidator"] = FieldErrorCodes.Required,
        ["NotNullValidator"] = FieldErrorCodes.Required,
        ["MinimumLengthValidator"] = FieldErrorCodes.TooShort,
        ["MaximumLengthValidator"] = FieldErrorCodes.TooLong,
        ["RegularExpressionValidator"] = FieldErrorCodes.InvalidFormat,
        ["InclusiveBetweenValidator"] = FieldErrorCodes.OutOfRange,
    };

    /// <summary>The wire form: <c>Operations[3].Title</c> becomes the path operations, 3, title.</summary>
    public static FieldError ToFieldError(this ValidationFailure failure) =>
        new(
            [
                .. failure
                    .PropertyName.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
                    .Select(JsonNamingPolicy.CamelCase.ConvertName),
            ],
            Codes.GetValueOrDefault(failure.ErrorCode, failure.ErrorCode),
            failure.ErrorMessage
        );
}
