using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Makes the task under the client's own id say this, whether it is there or not: a retry does no harm.</summary>
/// <param name="Id">UUID, chosen by the client.</param>
/// <param name="Body">What it says.</param>
/// <param name="Precondition">What the client expects.</param>
public sealed record ReplaceTaskCommand(Guid Id, TaskInput Body, Precondition Precondition)
    : IRequest<Result<ReplacedTask>>;

internal sealed class ReplaceTaskValidator : RequestValidator<ReplaceTaskCommand>
{
    public ReplaceTaskValidator() => RuleFor(command => command.Body).SetValidator(new TaskInputValidator());
}

internal sealed class ReplaceTaskHandler(
    ICurrentUser currentUser,
    TaskWriter changer,
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
        var taken = await tasks.FindAsync(currentUser.Id, request.Id, cancellationToken);
        if (taken is null)
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

            // The id is in use: by a retry of this very request, then it is found below, or by somebody else.
        }

        if (request.Precondition.OnlyNew)
        {
            taken ??= await tasks.FindAsync(currentUser.Id, request.Id, cancellationToken);
            if (taken is null)
            {
                return CommonErrors.NotFound;
            }

            var repeated = await changer.RepeatCreateAsync(taken, fields, now, cancellationToken);
            return repeated.IsSuccess ? new ReplacedTask(mapper.ToDto(repeated.Value, now), false) : repeated.Error;
        }

        var replaced = await changer.ChangeAsync(
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
