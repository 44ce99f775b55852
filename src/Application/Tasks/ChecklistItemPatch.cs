using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>A merge patch of a step (RFC 7396). A step that is not there is added if it has a title, and ignored if it has none.</summary>
/// <param name="Title">1 to 200 characters; cannot be cleared.</param>
/// <param name="Done">Whether it is ticked; null unticks it.</param>
/// <param name="Position">Its place in the checklist, 1 to 64 of 0-9A-Za-z without a 0 at the end; null for the end.</param>
public sealed record ChecklistItemPatch(Optional<string?> Title, Optional<bool?> Done, Optional<string?> Position)
{
    /// <summary>1 to 200 characters; cannot be cleared.</summary>
    public Optional<string?> Title
    {
        get;
        init => field = value.Select(PastedText.OneLine);
    } = Title.Select(PastedText.OneLine);

    internal static Checklist Apply(IReadOnlyDictionary<string, ChecklistItemPatch?>? items, Checklist to) =>
        items is null
            ? Checklist.Empty
            : to.Merge(
                items.Select(item =>
                    KeyValuePair.Create(
                        item.Key,
                        item.Value is { } patch
                            ? new ChecklistItemChange(patch.Title, patch.Done, patch.Position)
                            : null
                    )
                )
            );
}

internal sealed class ChecklistItemPatchValidator : RequestValidator<ChecklistItemPatch?>
{
    public ChecklistItemPatchValidator()
    {
        RuleFor(item => item!.Title.Value)
            .VisibleText(Checklist.TitleMaxLength)
            .OverridePropertyName("Title")
            .When(item => item!.Title.IsPresent);
        RuleFor(item => item!.Position.Value).Position().OverridePropertyName("Position");
    }
}
