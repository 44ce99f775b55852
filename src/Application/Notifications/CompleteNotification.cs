using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Moves the task of a notification to done; a repetition changes nothing.</summary>
/// <param name="Id">The notification.</param>
public sealed record CompleteNotificationCommand(Guid Id) : IRequest<Result<TaskDto>>;

internal sealed class CompleteNotificationHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    TaskWriter writer,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<CompleteNotificationCommand, Result<TaskDto>>
{
    public async Task<Result<TaskDto>> Handle(CompleteNotificationCommand request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await notifications.FindAsync(currentUser.Id, request.Id, cancellationToken) is not { } notification)
            {
                return CommonErrors.NotFound;
            }

            var now = clock.Now();
            var done = await writer.ApplyAsync(
                notification.TaskId,
                Precondition.None,
                (task, time) => task.MoveTo(TaskItemStatus.Done, time),
                includesDeleted: false,
                now,
                cancellationToken
            );
            if (!done.IsSuccess)
            {
                return done.Error;
            }

            notification.Read(now);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (saved.Error != CommonErrors.PreconditionFailed)
            {
                return saved.Then(() => mapper.ToDto(done.Value, now));
            }
        }
    }
}
