using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Application.Mail;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>How I want to be told from now on.</summary>
/// <param name="Email">Whether by e-mail too; needs a confirmed address.</param>
/// <param name="QuietFrom">Time in the user's zone, HH:mm, from which no mail goes out; with quietTo, or null without quiet hours.</param>
/// <param name="QuietTo">Time in the user's zone, HH:mm, from which mails go out again; with quietFrom, or null without quiet hours.</param>
public sealed record SetNotificationSettingsCommand(bool? Email, string? QuietFrom = null, string? QuietTo = null)
    : IRequest<Result<NotificationSettingsDto>>;

internal sealed class SetNotificationSettingsValidator : RequestValidator<SetNotificationSettingsCommand>
{
    public SetNotificationSettingsValidator()
    {
        RuleFor(command => command.Email).NotNull();
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
            LocalTimeRules.Parse(request.QuietFrom),
            LocalTimeRules.Parse(request.QuietTo)
        );
        settings.Set(currentUser.Id, updated);
        // Mails that wait for the end of the old quiet hours become due, so that the new settings decide.
        outbox.Hasten(currentUser.Id, clock.Now(), SendMailsHandler.Lease);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<NotificationSettingsDto>(updated));
    }
}
