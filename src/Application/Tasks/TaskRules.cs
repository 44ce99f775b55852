using System.Diagnostics.CodeAnalysis;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>Rules for the values of a task.</summary>
internal static class TaskRules
{
    /// <summary>Stands for the tasks that are in no list.</summary>
    public const string Inbox = "inbox";

    /// <summary>Accepts 1 to 200 characters with at least one visible one.</summary>
    public static IRuleBuilderOptions<T, string?> Title<T>(this IRuleBuilder<T, string?> rule) =>
        rule.VisibleText(TaskItem.TitleMaxLength);

    /// <summary>Accepts at most 4000 characters, line breaks and tabs included.</summary>
    public static IRuleBuilderOptions<T, string?> Description<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(TaskItem.DescriptionMaxLength).MultilineText();

    /// <summary>Accepts at most 20 labels of 1 to 50 characters, without duplicates.</summary>
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

    /// <summary>Accepts a label to search for.</summary>
    public static IRuleBuilderOptions<T, string> Label<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(PastedText.IsVisible)
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("A label needs something that can be seen.")
            .Must(label => label is null || TextRules.IsPlain(label))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("A label must not hold control characters or lone surrogates.");

    /// <summary>Cleans each label as <see cref="PastedText.OneLine"/> does; invalid ones are left to the rules.</summary>
    [return: NotNullIfNotNull(nameof(labels))]
    public static IReadOnlyList<string>? ReadLabels(IReadOnlyList<string>? labels) =>
        labels is null ? null : [.. labels.Select(label => PastedText.OneLine(label))];
}
