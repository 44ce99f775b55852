using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>How I want to be told from now on.</summary>
/// <param name="Email">Whether by e-mail too; needs a confirmed address.</param>
/// <param name="Push">Whether the registered devices are told while the app is closed.</param>
/// <param name="QuietFrom">Time in the user's zone, HH:mm, from which no mail and no push goes out; with quietTo, or null without quiet hours.</param>
/// <param name="QuietTo">Time in the user's zone, HH:mm, from which they go out again; with quietFrom, or null without quiet hours.</param>
public sealed record SetNotificationSettingsCommand(
    bool? Email,
    bool? Push,
    string? QuietFrom = null,
    string? QuietTo = null
) : IRequest<Result<NotificationSettingsDto>>;

internal sealed class SetNotificationSettingsValidator : RequestValidator<SetNotificationSettingsCommand>
{
    public SetNotificationSettingsValidator()
    {
        RuleFor(command => command.Email).NotNull();
        RuleFor(command => command.Push).NotNull();
        RuleFor(command => command.QuietFrom)
            .LocalTime()
            .NotNull()
            .When(command => command.QuietTo is not null, ApplyConditionTo.CurrentValidator);
        RuleFor(command => command.QuietTo)
            .LocalTime()
            .NotNull()
            .When(command => command.QuietFrom is not null, ApplyConditionTo.CurrentValidator)
            .NotEqual(command => command.QuietFrom)
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("Quiet hours that end when they begin are none; leave both out.")
            .When(command => command.QuietFrom is not null, ApplyConditionTo.CurrentValidator);
    }
}

internal sealed class SetNotificationSettingsHandler(
    ICurrentUser currentUser,
    INotificationSettingsRepository settings,
    IMailOutbox outbox,
    IPushDeliveries pushes,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<SetNotificationSettingsCommand, Result<NotificationSettingsDto>>
{
    public async Task<Result<NotificationSettingsDto>> Handle(
        SetNotificationSettingsCommand request,
        CancellationToken cancellationToken
    )
    {
        var updated = new NotificationSettings(
            request.Email!.Value,
            request.Push!.Value,
            LocalTimeRules.Parse(request.QuietFrom),
            LocalTimeRules.Parse(request.QuietTo)
        );
        settings.Set(currentUser.Id, updated);
        // What waits for the end of the old quiet hours becomes due, so that the new settings decide.
        var now = clock.Now();
        outbox.Hasten(currentUser.Id, now, OutboxMail.Lease);
        pushes.Hasten(currentUser.Id, now, PushDelivery.Lease);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<NotificationSettingsDto>(updated));
    }
}
