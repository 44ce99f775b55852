using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>What changed after a sync token, deletions included, in the order of the changes.</summary>
/// <param name="Since">The token of the last call; null for everything.</param>
/// <param name="Limit">Items at most.</param>
public sealed record ListTaskChangesQuery(string? Since, int Limit) : IRequest<Result<TaskChangesDto>>;

internal sealed class ListTaskChangesValidator : RequestValidator<ListTaskChangesQuery>
{
    public ListTaskChangesValidator() => RuleFor(query => query.Limit).PageLimit();
}

internal sealed class ListTaskChangesHandler(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ListTaskChangesQuery, Result<TaskChangesDto>>
{
    public async Task<Result<TaskChangesDto>> Handle(ListTaskChangesQuery request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var changes = await tasks.ListChangesAsync(currentUser.Id, request.Since, request.Limit, cancellationToken);
        return changes.IsSuccess
            ? new TaskChangesDto(
                [
                    .. changes.Value.Items.Select(task => new TaskChangeDto(
                        task.Id,
                        task.DeletedAt is not null,
                        task.DeletedAt is null ? mapper.ToDto(task, now) : null
                    )),
                ],
                changes.Value.Next,
                changes.Value.HasMore
            )
            : changes.Error;
    }
}
