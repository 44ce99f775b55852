using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>The shape of tasks.</summary>
internal static class TaskRules
{
    /// <summary>1 to 200 characters, the blanks around it not counted.</summary>
    public static IRuleBuilderOptions<T, string?> Title<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty()
            .Must(title => title!.Trim().Length <= TaskItem.TitleMaxLength)
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"A title has at most {TaskItem.TitleMaxLength} characters.")
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
            .Must(labels => labels is null || labels.All(label => !string.IsNullOrWhiteSpace(label)))
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("A label must not be blank.")
            .Must(labels => labels is null || labels.All(label => label.Trim().Length <= TaskItem.LabelMaxLength))
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"A label has at most {TaskItem.LabelMaxLength} characters.")
            .Must(labels => labels is null || labels.All(TextRules.IsPlain))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("A label must not hold control characters, lone surrogates or bidirectional overrides.")
            .Must(labels => labels is null || Trim(labels).Distinct(StringComparer.Ordinal).Count() == labels.Count)
            .WithErrorCode(FieldErrorCodes.Duplicate)
            .WithMessage("A label must not occur twice.");

    /// <summary>A label to look for: not blank, no control characters.</summary>
    public static IRuleBuilderOptions<T, string> Label<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty()
            .Must(label => label is null || TextRules.IsPlain(label))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("A label must not hold control characters, lone surrogates or bidirectional overrides.");

    /// <summary>Without the blanks around each; empty for null.</summary>
    public static IReadOnlyList<string> Trim(IReadOnlyList<string>? labels) =>
        [.. (labels ?? []).Select(label => label.Trim())];
}
