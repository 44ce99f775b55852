using System.Linq.Expressions;
using System.Text.Json;
using Fitnessify.Domain.Common;
using FluentValidation;
using FluentValidation.Results;

namespace Fitnessify.Application.Common;

/// <summary>The base of all validators. It reports only the first error of each value.</summary>
internal abstract class RequestValidator<T> : AbstractValidator<T>
{
    protected RequestValidator() => RuleLevelCascadeMode = CascadeMode.Stop;

    // The rules of an element go on after an error; otherwise the first invalid element would hide the errors of the others.
    public new IRuleBuilderInitialCollection<T, TElement> RuleForEach<TElement>(
        Expression<Func<T, IEnumerable<TElement>>> expression
    ) => base.RuleForEach(expression).Cascade(CascadeMode.Continue);

    /// <summary>Validates the elements of a list only if there are at most so many, so that a huge list costs nothing.</summary>
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

/// <summary>Translates FluentValidation's failures into the field errors of the API.</summary>
internal static class ValidationFailureExtensions
{
    // FluentValidation names its built-in rules after their classes.
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["NotEmptyValidator"] = FieldErrorCodes.Required,
        ["NotNullValidator"] = FieldErrorCodes.Required,
        ["MinimumLengthValidator"] = FieldErrorCodes.TooShort,
        ["MaximumLengthValidator"] = FieldErrorCodes.TooLong,
        ["RegularExpressionValidator"] = FieldErrorCodes.InvalidFormat,
        ["InclusiveBetweenValidator"] = FieldErrorCodes.OutOfRange,
    };

    // Requests that combine an id from the URL with a body have the body as a member of this name, which clients do not see.
    private const string Body = "Body";

    /// <summary>Returns the path in wire names: <c>Body.Operations[3].Title</c> becomes operations, 3, title.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="within">The path of the validated part, if it is not the whole body.</param>
    public static FieldError ToFieldError(this ValidationFailure failure, params IEnumerable<string> within) =>
        new(
            [
                .. within,
                .. failure
                    .PropertyName.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
                    .SkipWhile((name, index) => index == 0 && name == Body)
                    .Select(JsonNamingPolicy.CamelCase.ConvertName),
                // The keys of a dictionary are data of the client, which no naming policy may change.
                .. failure.CustomState as IReadOnlyList<string> ?? [],
            ],
            Codes.GetValueOrDefault(failure.ErrorCode, failure.ErrorCode),
            failure.ErrorMessage
        );
}
