using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>A task as a client writes it.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 4000 characters, or null.</param>
/// <param name="Status">A new task may start in any.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="DueAt">With any offset, in place of due with its date and time in UTC; null without a due, or with due.</param>
/// <param name="Labels">At most 20, of 1 to 50 characters each, no duplicates.</param>
/// <param name="ListId">One of the own lists; null for the inbox.</param>
/// <param name="Position">Its place among the tasks, 1 to 64 of 0-9A-Za-z without a 0 at the end; null to sort it by its creation.</param>
/// <param name="Checklist">Its steps by keys of the client's, 1 to 36 of A-Za-z0-9 and - each; at most 100.</param>
/// <param name="Due">When it is due, or null.</param>
/// <param name="Reminders">Minutes before it is due, at most 5 of 0 to 40320, no duplicates; all day counts from 09:00.</param>
/// <param name="Recurrence">How it repeats, or null; needs a due.</param>
/// <param name="CompletedAt">
/// With the status done: when it was done, if that was not just now; from its creation to now, with five minutes for clocks that differ.
/// </param>
public sealed record TaskInput(
    string Title,
    string? Description = null,
    TaskItemStatus Status = TaskItemStatus.Todo,
    TaskPriority Priority = TaskPriority.Normal,
    DateTimeOffset? DueAt = null,
    IReadOnlyList<string>? Labels = null,
    Guid? ListId = null,
    string? Position = null,
    IReadOnlyDictionary<string, ChecklistItemInput>? Checklist = null,
    DueInput? Due = null,
    IReadOnlyList<int>? Reminders = null,
    RecurrenceInput? Recurrence = null,
    DateTimeOffset? CompletedAt = null
)
{
    /// <summary>1 to 200 characters.</summary>
    public string Title
    {
        get;
        init => field = PastedText.OneLine(value);
    } = PastedText.OneLine(Title);

    /// <summary>At most 4000 characters, or null.</summary>
    public string? Description
    {
        get;
        init => field = PastedText.Lines(value);
    } = PastedText.Lines(Description);

    /// <summary>At most 20, of 1 to 50 characters each, no duplicates.</summary>
    public IReadOnlyList<string>? Labels
    {
        get;
        init => field = TaskRules.ReadLabels(value);
    } = TaskRules.ReadLabels(Labels);

    /// <summary>Returns the values, or <c>recurrence_unsupported</c>.</summary>
    internal Result<TaskFields> ToFields()
    {
        var recurrence = Recurrence?.ToRecurrence();
        if (recurrence is { IsSuccess: false })
        {
            return recurrence.Error;
        }

        return new TaskFields(Title, Description, Status, Priority, Due?.ToDue() ?? DueRules.ToDue(DueAt), Labels ?? [])
        {
            Reminders = Reminders ?? [],
            ListId = ListId,
            Position = Position,
            Checklist = ChecklistItemInput.ToChecklist(Checklist),
            Recurrence = recurrence?.Value,
            CompletedAt = CompletedAt,
        };
    }
}

internal sealed class TaskInputValidator : RequestValidator<TaskInput>
{
    private static readonly ChecklistItemInputValidator Step = new();

    public TaskInputValidator()
    {
        RuleFor(task => task.DueAt).NotTogether(task => task.Due is not null);
        RuleFor(task => task.Due!).SetValidator(new DueInputValidator()).When(task => task.Due is not null);
        RuleFor(task => task.Reminders).Reminders();
        RuleFor(task => task.Recurrence!)
            .SetValidator(new RecurrenceInputValidator())
            .When(task => task.Recurrence is not null);
        RuleFor(task => task.CompletedAt).OnlyWhenDone(task => task.Status);
        RuleFor(task => task.Title).Title();
        RuleFor(task => task.Description).Description();
        RuleFor(task => task.Labels).Labels();
        RuleFor(task => task.Position).Position();
        RuleFor(task => task.Checklist)
            .Custom((items, context) => ChecklistRules.Validate(items, context, Step, canRemove: false));
    }
}
