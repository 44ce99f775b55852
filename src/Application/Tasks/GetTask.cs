using AutoMapper;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Reads a task of the current user.</summary>
/// <param name="Id">The task.</param>
public sealed record GetTaskQuery(Guid Id) : IRequest<Result<TaskDto>>;

internal sealed class GetTaskHandler(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<GetTaskQuery, Result<TaskDto>>
{
    public async Task<Result<TaskDto>> Handle(GetTaskQuery request, CancellationToken cancellationToken)
    {
        var task = await tasks.ReadAsync(currentUser.Id, request.Id, cancellationToken);
        return task is null ? CommonErrors.NotFound : mapper.ToDto(task, clock.Now());
    }
}
