using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Tells a notification again later, as one of its own. The task stays due when it is.</summary>
/// <param name="Id">The notification.</param>
/// <param name="Body">For how long.</param>
public sealed record SnoozeNotificationCommand(Guid Id, SnoozeInput Body) : IRequest<Result<NotificationDto>>;

internal sealed class SnoozeNotificationValidator : RequestValidator<SnoozeNotificationCommand>
{
    public SnoozeNotificationValidator() => RuleFor(command => command.Body).SetValidator(new SnoozeInputValidator());
}

internal sealed class SnoozeNotificationHandler(
    ICurrentUser currentUser,
    INotificationRepository notifications,
    IPushDeliveries pushes,
    ITaskRepository tasks,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<SnoozeNotificationCommand, Result<NotificationDto>>
{
    public async Task<Result<NotificationDto>> Handle(
        SnoozeNotificationCommand request,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await notifications.FindAsync(currentUser.Id, request.Id, cancellationToken) is not { } notification)
            {
                return CommonErrors.NotFound;
            }

            var now = clock.Now();
            var until = now.AddMinutes(request.Body.Minutes!.Value);
            var task = await tasks.FindAsync(currentUser.Id, notification.TaskId, cancellationToken);
            var snoozed =
                task?.Snooze(notification.MinutesBefore, notification.DueAt, until) ?? TaskErrors.NothingToSnooze;
            if (!snoozed.IsSuccess)
            {
                return snoozed.Error;
            }

            notification.Snooze(until, now);
            pushes.Dismiss(notification, currentUser.SessionId, now);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            // The task was changed meanwhile, or has raised an alert.
            if (saved.Error != CommonErrors.PreconditionFailed)
            {
                return saved.Then(() => mapper.Map<NotificationDto>(notification));
            }
        }
    }
}
