using System.Diagnostics.CodeAnalysis;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>The shape of tasks.</summary>
internal static class TaskRules
{
    /// <summary>1 to 200 characters, and something to see.</summary>
    public static IRuleBuilderOptions<T, string?> Title<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty()
            .Must(PastedText.IsVisible)
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("A title needs something that can be seen.")
            .MaximumLength(TaskItem.TitleMaxLength)
            .PlainText();

    /// <summary>At most 4000 characters, with line breaks and tabs.</summary>
    public static IRuleBuilderOptions<T, string?> Description<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(TaskItem.DescriptionMaxLength).MultilineText();

    /// <summary>At most 20 of 1 to 50 characters, none twice.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Labels<T>(
        this IRuleBuilder<T, IReadOnlyList<string>?> rule
    ) =>
        rule.Must(labels => labels is null || labels.Count <= TaskItem.LabelsMaxCount)
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"A task has at most {TaskItem.LabelsMaxCount} labels.")
            .Must(labels => labels is null || labels.All(PastedText.IsVisible))
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("A label needs something that can be seen.")
            .Must(labels => labels is null || labels.All(label => label.Length <= TaskItem.LabelMaxLength))
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"A label has at most {TaskItem.LabelMaxLength} characters.")
            .Must(labels => labels is null || labels.All(TextRules.IsPlain))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("A label must not hold control characters or lone surrogates.")
            .Must(labels => labels is null || labels.DistinctBy(TextKeys.Fold).Count() == labels.Count)
            .WithErrorCode(FieldErrorCodes.Duplicate)
            .WithMessage("A label must not occur twice, in whatever case.");

    /// <summary>A label to look for: not blank, no control characters.</summary>
    public static IRuleBuilderOptions<T, string> Label<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(PastedText.IsVisible)
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("A label needs something that can be seen.")
            .Must(label => label is null || TextRules.IsPlain(label))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("A label must not hold control characters or lone surrogates.");

    /// <summary>Each as people see it; what is no text is left to the rules.</summary>
    [return: NotNullIfNotNull(nameof(labels))]
    public static IReadOnlyList<string>? ReadLabels(IReadOnlyList<string>? labels) =>
        labels is null ? null : [.. labels.Select(label => PastedText.OneLine(label))];
}
