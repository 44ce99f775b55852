using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Lists the tasks of the current user, filtered and sorted.</summary>
/// <param name="Status">Any of these: todo, inProgress, done, cancelled.</param>
/// <param name="Priority">Any of these: low, normal, high, urgent.</param>
/// <param name="Label">All of these.</param>
/// <param name="DueBefore">A time with an offset.</param>
/// <param name="DueAfter">A time with an offset.</param>
/// <param name="Overdue">Only those that are, or that are not.</param>
/// <param name="Q">Words that are all part of the title or the description, in any case, with or without accents.</param>
/// <param name="Sort">createdAt, updatedAt, dueAt, priority, title or position, with - before it for the reverse; default -createdAt.</param>
/// <param name="Limit">Items a page.</param>
/// <param name="Cursor">From the page before.</param>
/// <param name="List">The id of a list, or inbox for the tasks in none; without it, the tasks of archived lists are hidden.</param>
/// <param name="Series">The id of a series.</param>
public sealed record ListTasksQuery(
    IReadOnlyList<string> Status,
    IReadOnlyList<string> Priority,
    IReadOnlyList<string> Label,
    string? DueBefore,
    string? DueAfter,
    bool? Overdue,
    string? Q,
    string? Sort,
    int Limit,
    string? Cursor,
    string? List = null,
    Guid? Series = null
) : IRequest<Result<PageDto<TaskDto>>>
{
    /// <summary>Words that are all part of the title or the description, in any case, with or without accents.</summary>
    public string? Q
    {
        get;
        init => field = PastedText.OneLine(value);
    } = PastedText.OneLine(Q);

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Label
    {
        get;
        init => field = TaskRules.ReadLabels(value);
    } = TaskRules.ReadLabels(Label);

    /// <summary>The words of <see cref="Q"/> in the form in which they are compared.</summary>
    internal IReadOnlyList<string> Words =>
        Q is null
            ? []
            :
            [
                .. TextKeys
                    .FoldWithoutAccents(Q)
                    .Split(null as char[], StringSplitOptions.RemoveEmptyEntries)
                    .Distinct(),
            ];
}

internal sealed class ListTasksValidator : RequestValidator<ListTasksQuery>
{
    // The limit exceeds the number of names, so that a client may repeat one.
    private const int MaxNames = 20;

    private const int MaxWords = 10;

    public ListTasksValidator()
    {
        AtMost(MaxNames, query => query.Status, status => status.NameOf<ListTasksQuery, TaskItemStatus>());
        AtMost(MaxNames, query => query.Priority, priority => priority.NameOf<ListTasksQuery, TaskPriority>());
        AtMost(TaskItem.LabelsMaxCount, query => query.Label, label => label.Label());
        RuleFor(query => query.List)
            .Must(list => list is null or TaskRules.Inbox || Guid.TryParse(list, out _))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Use the id of a list, or inbox.");
        RuleFor(query => query.DueBefore).Time();
        RuleFor(query => query.DueAfter).Time();
        RuleFor(query => query.Q).MaximumLength(TaskItem.TitleMaxLength).PlainText();
        RuleFor(query => query.Q)
            .Must((query, _) => query.Words.Count <= MaxWords)
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage($"Search for at most {MaxWords} words.")
            .When(query => query.Q is { Length: <= TaskItem.TitleMaxLength } text && TextRules.IsPlain(text));
        RuleFor(query => query.Sort)
            .Must(sort => sort is null || TaskSorts.TryParse(sort) is not null)
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage(
                "Sort by createdAt, updatedAt, dueAt, priority, title or position, with or without a - before it."
            );
        RuleFor(query => query.Limit).PageLimit();
    }
}

internal sealed class ListTasksHandler(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ListTasksQuery, Result<PageDto<TaskDto>>>
{
    public async Task<Result<PageDto<TaskDto>>> Handle(ListTasksQuery request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var filter = new TaskFilter(
            [.. request.Status.Select(name => Enum.Parse<TaskItemStatus>(name, ignoreCase: true))],
            [.. request.Priority.Select(name => Enum.Parse<TaskPriority>(name, ignoreCase: true))],
            [.. request.Label.Select(TextKeys.Fold).Distinct()],
            TimeRules.ParseTime(request.DueBefore),
            TimeRules.ParseTime(request.DueAfter),
            now,
            request.Overdue,
            request.Words,
            request.List is null ? null : new ListFilter(Guid.TryParse(request.List, out var list) ? list : null),
            request.Sort is null ? TaskSort.Default : TaskSorts.TryParse(request.Sort)!.Value,
            InTrash: false
        )
        {
            Series = request.Series,
        };
        var page = await tasks.ListAsync(
            currentUser.Id,
            filter,
            new PageRequest(request.Limit, request.Cursor),
            cancellationToken
        );
        return page.ToDto(task => mapper.ToDto(task, now));
    }
}
