using AutoMapper;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Export;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Export;

/// <summary>Hands out all that is stored about the user.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record ExportMeCommand(string? Password = null, string? Code = null, string? RecoveryCode = null)
    : IRequest<Result<ExportDto>>,
        IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class ExportMeValidator : RequestValidator<ExportMeCommand>
{
    public ExportMeValidator() => this.Reauthentication();
}

internal sealed class ExportMeHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IAccountRepository accounts,
    IMfaRepository factors,
    INotificationSettingsRepository settings,
    IPasskeys passkeys,
    IIdentityRepository identities,
    IDeviceRepository devices,
    IPersonalData data,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ExportMeCommand, Result<ExportDto>>
{
    public Task<Result<ExportDto>> Handle(ExportMeCommand request, CancellationToken cancellationToken) =>
        reauthentication.ConfirmAsync(request, account => ExportAsync(account, cancellationToken), cancellationToken);

    private async Task<Result<ExportDto>> ExportAsync(Credentials account, CancellationToken cancellationToken)
    {
        if (await accounts.FindProfileAsync(currentUser.Id, cancellationToken) is not { } user)
        {
            return SessionErrors.SessionRevoked;
        }

        var mfa = await factors.GetAsync(user.Id, cancellationToken);
        var notificationSettings = await settings.GetAsync(user.Id, cancellationToken);
        var keys = await passkeys.ListAsync(user.Id, cancellationToken);
        var linked = await identities.ListAsync(user.Id, cancellationToken);
        var now = clock.Now();
        var notified = await devices.ListAsync(user.Id, now, cancellationToken);
        audit.Record(AuditEventType.DataExported);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        // The lists are read while the response is written, because they may not fit into memory.
        return saved.Then(() =>
            new ExportDto(
                now,
                mapper.Map<UserDto>(user),
                account.PendingEmail,
                ExportedMfaDto.From(mfa),
                [.. keys.Select(mapper.Map<PasskeyDto>)],
                [.. linked.Select(mapper.Map<ExportedIdentityDto>)],
                data.SessionsAsync(user.Id, cancellationToken).Select(mapper.Map<ExportedSessionDto>),
                [.. notified.Select(mapper.Map<ExportedDeviceDto>)],
                data.AuditEventsAsync(user.Id, cancellationToken)
                    .Select(audited => mapper.Map<SecurityEventDto>(audited).SeenBy(user.Id)),
                data.ListsAsync(user.Id, cancellationToken).Select(mapper.Map<ExportedListDto>),
                data.TasksAsync(user.Id, cancellationToken).Select(mapper.Map<ExportedTaskDto>),
                mapper.Map<NotificationSettingsDto>(notificationSettings),
                data.NotificationsAsync(user.Id, cancellationToken).Select(mapper.Map<NotificationDto>),
                data.MailsAsync(user.Id, cancellationToken).Select(mapper.Map<ExportedMailDto>)
            )
        );
    }
}
