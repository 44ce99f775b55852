using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Moves the task of a notification to done; a repetition changes nothing.</summary>
/// <param name="Id">The notification.</param>
public sealed record CompleteNotificationCommand(Guid Id) : IRequest<Result<TaskDto>>;

internal sealed class CompleteNotificationHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    IPushDeliveries pushes,
    TaskWriter writer
) : IRequestHandler<CompleteNotificationCommand, Result<TaskDto>>
{
    public Task<Result<TaskDto>> Handle(CompleteNotificationCommand request, CancellationToken cancellationToken) =>
        writer.SaveAsync(now => CompleteAsync(request.Id, now, cancellationToken), cancellationToken);

    private async Task<Result<TaskItem>> CompleteAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await notifications.FindAsync(currentUser.Id, id, cancellationToken) is not { } notification)
        {
            return CommonErrors.NotFound;
        }

        var done = await writer.ApplyAsync(
            notification.TaskId,
            Precondition.None,
            (task, time) => task.MoveTo(TaskItemStatus.Done, time),
            includesDeleted: false,
            now,
            cancellationToken
        );
        if (done.IsSuccess && notification.ReadAt is null)
        {
            notification.Read(now);
            pushes.Dismiss(notification, currentUser.SessionId, now);
        }

        return done;
    }
}
