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
    : IRequest<Result<Replaced<TaskDto>>>;

internal sealed class ReplaceTaskValidator : RequestValidator<ReplaceTaskCommand>
{
    public ReplaceTaskValidator() => RuleFor(command => command.Body).SetValidator(new TaskInputValidator());
}

internal sealed class ReplaceTaskHandler(ICurrentUser currentUser, TaskSeries series, TaskWriter writer)
    : IRequestHandler<ReplaceTaskCommand, Result<Replaced<TaskDto>>>
{
    public async Task<Result<Replaced<TaskDto>>> Handle(ReplaceTaskCommand request, CancellationToken cancellationToken)
    {
        var read = request.Body.ToFields();
        if (read is not { IsSuccess: true, Value: var fields })
        {
            return read.Error!;
        }

        return await writer.ReplaceAsync(
            request.Id,
            request.Precondition,
            now => series.Check(fields).Then(() => TaskItem.Create(request.Id, currentUser.Id, fields, now)),
            task => task.Has(fields),
            (task, now) =>
            {
                task.Restore(now);
                return writer.Edit(task, fields, now);
            },
            cancellationToken,
            isLong: fields.Recurrence is not null
        );
    }
}
