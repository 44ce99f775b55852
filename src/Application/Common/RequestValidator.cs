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

    /// <summary>A list of at most so many elements, which are looked at only when there are no more of them.</summary>
    protected void AtMost<TElement>(
        int max,
        Expression<Func<T, IEnumerable<TElement>>> list,
        Action<IRuleBuilderInitialCollection<T, TElement>> element
    )
    {
        var read = list.Compile();
        RuleFor(list)
            .Must(elements => IsWithin(elements, max))
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"There may be at most {max}.");
        When(request => IsWithin(read(request), max), () => element(RuleForEach(list)));
    }

    private static bool IsWithin<TElement>(IEnumerable<TElement>? elements, int max) =>
        elements is null || elements.Count() <= max;
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

    // Requests that take an id from the URL and the rest from the body hold that as their member of this name.
    private const string Body = "Body";

    /// <summary>The wire form: <c>Body.Operations[3].Title</c> becomes the path operations, 3, title.</summary>
    /// <param name="failure">What is wrong.</param>
    /// <param name="within">The path of what was validated, when that is a part of the body.</param>
    public static FieldError ToFieldError(this ValidationFailure failure, params IEnumerable<string> within) =>
        new(
            [
                .. within,
                .. failure
                    .PropertyName.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
                    .SkipWhile((name, index) => index == 0 && name == Body)
                    .Select(JsonNamingPolicy.CamelCase.ConvertName),
            ],
            Codes.GetValueOrDefault(failure.ErrorCode, failure.ErrorCode),
            failure.ErrorMessage
        );
}
