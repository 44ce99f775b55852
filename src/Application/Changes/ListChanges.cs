using System.Diagnostics;
using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Changes;

/// <summary>Reads the tasks and lists that changed after a sync token, deletions included, in the order of the changes.</summary>
/// <param name="Since">The token of the last call; null for everything.</param>
/// <param name="Limit">Items at most.</param>
public sealed record ListChangesQuery(string? Since, int Limit) : IRequest<Result<ChangesDto>>;

internal sealed class ListChangesValidator : RequestValidator<ListChangesQuery>
{
    public ListChangesValidator() => RuleFor(query => query.Limit).PageLimit();
}

internal sealed class ListChangesHandler(ICurrentUser currentUser, IChangeFeed feed, IMapper mapper, TimeProvider clock)
    : IRequestHandler<ListChangesQuery, Result<ChangesDto>>
{
    public async Task<Result<ChangesDto>> Handle(ListChangesQuery request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var changes = await feed.ReadAsync(currentUser.Id, request.Since, request.Limit, cancellationToken);
        return changes.Select(page => new ChangesDto(
            [.. page.Items.Select(item => ToDto(item, now))],
            page.Next,
            page.HasMore
        ));
    }

    private ChangeDto ToDto(IVersioned item, DateTimeOffset now)
    {
        var isDeleted = item.DeletedAt is not null;
        return item switch
        {
            TaskItem task => new ChangeDto(
                ChangeKind.Task,
                task.Id,
                isDeleted,
                isDeleted ? null : mapper.ToDto(task, now),
                List: null
            ),
            TaskList list => new ChangeDto(
                ChangeKind.List,
                list.Id,
                isDeleted,
                Task: null,
                isDeleted ? null : mapper.Map<ListDto>(list)
            ),
            _ => throw new UnreachableException($"{item.GetType()} has no place in the feed."),
        };
    }
}
