using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Creates a task with an id that the server chooses.</summary>
/// <param name="Body">What it says.</param>
public sealed record CreateTaskCommand(TaskInput Body) : IRequest<Result<TaskDto>>;

internal sealed class CreateTaskValidator : RequestValidator<CreateTaskCommand>
{
    public CreateTaskValidator() => RuleFor(command => command.Body).SetValidator(new TaskInputValidator());
}

internal sealed class CreateTaskHandler(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    TaskSeries series,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<CreateTaskCommand, Result<TaskDto>>
{
    public async Task<Result<TaskDto>> Handle(CreateTaskCommand request, CancellationToken cancellationToken)
    {
        var fields = series.Check(request.Body.ToFields());
        if (!fields.IsSuccess)
        {
            return fields.Error;
        }

        var now = clock.Now();
        var task = TaskItem.Create(Guid.CreateVersion7(now), currentUser.Id, fields.Value, now);
        tasks.Add(task);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.ToDto(task, now));
    }
}
