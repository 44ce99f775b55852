using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>A step of a task as a client writes it.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Done">Whether it is ticked.</param>
/// <param name="Position">Its place in the checklist, 1 to 64 of 0-9A-Za-z without a 0 at the end; null for the end.</param>
public sealed record ChecklistItemInput(string Title, bool Done = false, string? Position = null)
{
    /// <summary>1 to 200 characters.</summary>
    public string Title
    {
        get;
        init => field = PastedText.OneLine(value);
    } = PastedText.OneLine(Title);

    internal static Checklist ToChecklist(IReadOnlyDictionary<string, ChecklistItemInput>? items) =>
        items is null or { Count: 0 }
            ? Checklist.Empty
            : Checklist.Empty.Merge(
                items.Select(item =>
                    KeyValuePair.Create<string, ChecklistItemChange?>(
                        item.Key,
                        new(new(item.Value.Title), new(item.Value.Done), new(item.Value.Position))
                    )
                )
            );
}

internal sealed class ChecklistItemInputValidator : RequestValidator<ChecklistItemInput>
{
    public ChecklistItemInputValidator()
    {
        RuleFor(item => item.Title).VisibleText(Checklist.TitleMaxLength);
        RuleFor(item => item.Position).Position();
    }
}
