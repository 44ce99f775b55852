using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;

namespace Fitnessify.Application.Tasks;

/// <summary>A merge patch of a task (RFC 7396): absent keeps, null clears what can be null, a value replaces.</summary>
/// <param name="Title">1 to 200 characters; cannot be cleared.</param>
/// <param name="Description">At most 4000 characters; null clears.</param>
/// <param name="Status">Where it moves; cannot be cleared.</param>
/// <param name="Priority">How much it matters; cannot be cleared.</param>
/// <param name="DueAt">With any offset, in place of due with its date and time in UTC; null clears.</param>
/// <param name="Labels">All labels from now on; null clears.</param>
/// <param name="ListId">One of the own lists; null moves it to the inbox.</param>
/// <param name="Position">Its place among the tasks, 1 to 64 of 0-9A-Za-z without a 0 at the end; null sorts it by its creation.</param>
/// <param name="Checklist">Patches of its steps by their keys: null removes a step; null in place of all removes all.</param>
/// <param name="Due">A patch of when it is due; null clears.</param>
/// <param name="Reminders">All reminders from now on, as minutes before it is due; null clears.</param>
/// <param name="Recurrence">A patch of how it repeats; null ends the series. On a closed task it is fixed.</param>
/// <param name="CompletedAt">
/// With the status done: when it was done, if that was not just now; from its creation to now, with five minutes for clocks that differ.
/// </param>
public sealed record TaskPatch(
    Optional<string?> Title,
    Optional<string?> Description,
    Optional<TaskItemStatus?> Status,
    Optional<TaskPriority?> Priority,
    Optional<DateTimeOffset?> DueAt,
    Optional<IReadOnlyList<string>?> Labels,
    Optional<Guid?> ListId = default,
    Optional<string?> Position = default,
    Optional<IReadOnlyDictionary<string, ChecklistItemPatch?>?> Checklist = default,
    Optional<DuePatch?> Due = default,
    Optional<IReadOnlyList<int>?> Reminders = default,
    Optional<RecurrencePatch?> Recurrence = default,
    Optional<DateTimeOffset?> CompletedAt = default
)
{
    /// <summary>1 to 200 characters; cannot be cleared.</summary>
    public Optional<string?> Title
    {
        get;
        init => field = value.Select(PastedText.OneLine);
    } = Title.Select(PastedText.OneLine);

    /// <summary>At most 4000 characters; null clears.</summary>
    public Optional<string?> Description
    {
        get;
        init => field = value.Select(PastedText.Lines);
    } = Description.Select(PastedText.Lines);

    /// <summary>All labels from now on; null clears.</summary>
    public Optional<IReadOnlyList<string>?> Labels
    {
        get;
        init => field = value.Select(TaskRules.ReadLabels);
    } = Labels.Select(TaskRules.ReadLabels);

    /// <summary>The values of a new task that the patch does not set.</summary>
    internal static TaskFields NewTaskDefaults { get; } =
        new("", null, TaskItemStatus.Todo, TaskPriority.Normal, null, []);

    /// <summary>
    /// Returns the values after the patch; <c>validation_failed</c> if the due would have no date, or the recurrence no rule; or
    /// <c>recurrence_unsupported</c>.
    /// </summary>
    internal Result<TaskFields> ApplyTo(TaskFields fields)
    {
        var due =
            DueAt.IsPresent ? DueRules.ToDue(DueAt.Value)
            : Due.IsPresent ? Due.Value?.ApplyTo(fields.Due)
            : fields.Due;
        if (due is null && Due.Value is not null)
        {
            return TaskErrors.DueWithoutDate;
        }

        var recurrence = Recurrence.Value?.ApplyTo(fields.Recurrence);
        if (recurrence is { IsSuccess: false })
        {
            return recurrence.Error;
        }

        return new TaskFields(
            Title.IsPresent ? Title.Value! : fields.Title,
            Description.IsPresent ? Description.Value : fields.Description,
            Status.IsPresent ? Status.Value!.Value : fields.Status,
            Priority.IsPresent ? Priority.Value!.Value : fields.Priority,
            due,
            Labels.IsPresent ? Labels.Value ?? [] : fields.Labels
        )
        {
            Reminders = Reminders.IsPresent ? Reminders.Value ?? [] : fields.Reminders,
            ListId = ListId.IsPresent ? ListId.Value : fields.ListId,
            Position = Position.IsPresent ? Position.Value : fields.Position,
            Checklist = Checklist.IsPresent
                ? ChecklistItemPatch.Apply(Checklist.Value, fields.Checklist)
                : fields.Checklist,
            Recurrence = Recurrence.IsPresent ? recurrence?.Value : fields.Recurrence,
            CompletedAt = CompletedAt.Value,
        };
    }
}

internal sealed class TaskPatchValidator : RequestValidator<TaskPatch>
{
    private static readonly ChecklistItemPatchValidator Step = new();

    public TaskPatchValidator()
    {
        RuleFor(task => task.Title.Value).Title().OverridePropertyName("Title").When(task => task.Title.IsPresent);
        RuleFor(task => task.Description.Value).Description().OverridePropertyName("Description");
        RuleFor(task => task.Status.Value).NotNull().OverridePropertyName("Status").When(task => task.Status.IsPresent);
        RuleFor(task => task.Priority.Value)
            .NotNull()
            .OverridePropertyName("Priority")
            .When(task => task.Priority.IsPresent);
        RuleFor(task => task.DueAt)
            .NotTogether(task => task.Due.IsPresent)
            .When(task => task.DueAt.IsPresent, ApplyConditionTo.CurrentValidator);
        RuleFor(task => task.Due.Value!)
            .SetValidator(new DuePatchValidator())
            .OverridePropertyName("Due")
            .When(task => task.Due.Value is not null);
        RuleFor(task => task.Reminders.Value).Reminders().OverridePropertyName("Reminders");
        RuleFor(task => task.Recurrence.Value!)
            .SetValidator(new RecurrencePatchValidator())
            .OverridePropertyName("Recurrence")
            .When(task => task.Recurrence.Value is not null);
        RuleFor(task => task.CompletedAt.Value)
            .OnlyWhenDone(task => task.Status.Value)
            .OverridePropertyName("CompletedAt");
        RuleFor(task => task.Labels.Value).Labels().OverridePropertyName("Labels");
        RuleFor(task => task.Position.Value).Position().OverridePropertyName("Position");
        RuleFor(task => task.Checklist)
            .Custom((items, context) => ChecklistRules.Validate(items.Value, context, Step, canRemove: true));
    }
}
