using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Creates or replaces the task with an id that the client chooses, so that a retry is harmless.</summary>
/// <param name="Id">UUID, chosen by the client.</param>
/// <param name="Body">What it says.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record ReplaceTaskCommand(Guid Id, TaskInput Body, Precondition Precondition)
    : IRequest<Result<ReplacedTask>>;

internal sealed class ReplaceTaskValidator : RequestValidator<ReplaceTaskCommand>
{
    public ReplaceTaskValidator() => RuleFor(command => command.Body).SetValidator(new TaskInputValidator());
}

internal sealed class ReplaceTaskHandler(
    ICurrentUser currentUser,
    TaskWriter writer,
    ITaskRepository tasks,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ReplaceTaskCommand, Result<ReplacedTask>>
{
    public async Task<Result<ReplacedTask>> Handle(ReplaceTaskCommand request, CancellationToken cancellationToken)
    {
        var fields = request.Body.ToFields();
        var now = clock.Now();
        var existing = await tasks.FindAsync(currentUser.Id, request.Id, cancellationToken);
        if (existing is null)
        {
            if (!request.Precondition.AllowsNew)
            {
                return CommonErrors.NotFound;
            }

            var task = TaskItem.Create(request.Id, currentUser.Id, fields, now);
            tasks.Add(task);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (saved.IsSuccess)
            {
                return new ReplacedTask(mapper.ToDto(task, now), true);
            }

            if (saved.Error != CommonErrors.NotFound)
            {
                return saved.Error;
            }

            // The id is in use: either an earlier attempt of this request has created the task, which is found below, or it
            // belongs to another user.
        }

        if (request.Precondition.OnlyNew)
        {
            existing ??= await tasks.FindAsync(currentUser.Id, request.Id, cancellationToken);
            if (existing is null)
            {
                return CommonErrors.NotFound;
            }

            var repeated = await writer.RepeatCreateAsync(existing, fields, now, cancellationToken);
            return repeated.IsSuccess ? new ReplacedTask(mapper.ToDto(repeated.Value, now), false) : repeated.Error;
        }

        var replaced = await writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (task, now) =>
            {
                task.Restore(now);
                return task.Edit(fields, now);
            },
            inTrash: true,
            cancellationToken
        );
        return replaced.IsSuccess ? new ReplacedTask(replaced.Value, false) : replaced.Error;
    }
}
