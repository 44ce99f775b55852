using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>What is in the trash, latest first.</summary>
/// <param name="Limit">Items a page.</param>
/// <param name="Cursor">From the page before.</param>
public sealed record ListTrashQuery(int Limit, string? Cursor) : IRequest<Result<PageDto<TaskDto>>>;

internal sealed class ListTrashValidator : RequestValidator<ListTrashQuery>
{
    public ListTrashValidator() => RuleFor(query => query.Limit).PageLimit();
}

internal sealed class ListTrashHandler(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ListTrashQuery, Result<PageDto<TaskDto>>>
{
    public async Task<Result<PageDto<TaskDto>>> Handle(ListTrashQuery request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var page = await tasks.ListAsync(
            currentUser.Id,
            TaskFilter.Trash,
            new PageRequest(request.Limit, request.Cursor),
            cancellationToken
        );
        return page.ToDto(task => mapper.ToDto(task, now));
    }
}
