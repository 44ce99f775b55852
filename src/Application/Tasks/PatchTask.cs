using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Changes a task where the patch says something.</summary>
/// <param name="Id">The task.</param>
/// <param name="Body">The patch.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record PatchTaskCommand(Guid Id, TaskPatch Body, Precondition Precondition) : IRequest<Result<TaskDto>>;

internal sealed class PatchTaskValidator : RequestValidator<PatchTaskCommand>
{
    public PatchTaskValidator() => RuleFor(command => command.Body).SetValidator(new TaskPatchValidator());
}

internal sealed class PatchTaskHandler(TaskWriter writer) : IRequestHandler<PatchTaskCommand, Result<TaskDto>>
{
    public Task<Result<TaskDto>> Handle(PatchTaskCommand request, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (task, now) => request.Body.ApplyTo(task.Fields).Then(fields => writer.Edit(task, fields, now)),
            includesDeleted: false,
            cancellationToken,
            // A rule is searched for its next date, up to ten years on.
            isLong: request.Body.Recurrence.IsPresent
        );
}
