using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>A task as a client writes it.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 4000 characters, or null.</param>
/// <param name="Status">A new task may start in any.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="DueAt">With any offset, or null.</param>
/// <param name="Labels">At most 20, of 1 to 50 characters each, no duplicates.</param>
public sealed record TaskInput(
    string Title,
    string? Description = null,
    TaskItemStatus Status = TaskItemStatus.Todo,
    TaskPriority Priority = TaskPriority.Normal,
    DateTimeOffset? DueAt = null,
    IReadOnlyList<string>? Labels = null
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

    internal TaskFields ToFields() => new(Title, Description, Status, Priority, DueAt, Labels ?? []);
}

internal sealed class TaskInputValidator : RequestValidator<TaskInput>
{
    public TaskInputValidator()
    {
        RuleFor(task => task.Title).Title();
        RuleFor(task => task.Description).Description();
        RuleFor(task => task.Labels).Labels();
    }
}
