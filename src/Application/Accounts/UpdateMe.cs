using AutoMapper;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Accounts;

/// <summary>Changes the own profile, as a merge patch (RFC 7396).</summary>
/// <param name="Username">The new username; cannot be cleared.</param>
/// <param name="DisplayName">1 to 80 characters; null removes it.</param>
/// <param name="Locale">The language of mails, as a language tag (BCP 47); null for en.</param>
/// <param name="TimeZone">IANA name: where the user lives; null for UTC.</param>
public sealed record UpdateMeCommand(
    Optional<string?> Username,
    Optional<string?> DisplayName = default,
    Optional<string?> Locale = default,
    Optional<string?> TimeZone = default
) : IRequest<Result<UserDto>>
{
    /// <summary>The new username; cannot be cleared.</summary>
    public Optional<string?> Username { get; } = Username.Select(PastedText.OneLine);

    /// <summary>1 to 80 characters; null removes it.</summary>
    public Optional<string?> DisplayName { get; } = DisplayName.Select(PastedText.OneLine);
}

internal sealed class UpdateMeValidator : RequestValidator<UpdateMeCommand>
{
    public UpdateMeValidator()
    {
        RuleFor(command => command.Username.Value)
            .Username()
            .OverridePropertyName(nameof(UpdateMeCommand.Username))
            .When(command => command.Username.IsPresent);
        RuleFor(command => command.DisplayName.Value)
            .DisplayName()
            .OverridePropertyName(nameof(UpdateMeCommand.DisplayName));
        RuleFor(command => command.Locale.Value).Locale().OverridePropertyName(nameof(UpdateMeCommand.Locale));
        RuleFor(command => command.TimeZone.Value)
            .StoredTimeZone()
            .OverridePropertyName(nameof(UpdateMeCommand.TimeZone));
    }
}

internal sealed class UpdateMeHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    IAccountTokens tokens,
    ICredentialGuard guard,
    IMailOutbox outbox,
    IPushDeliveries pushes,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<UpdateMeCommand, Result<UserDto>>
{
    public async Task<Result<UserDto>> Handle(UpdateMeCommand request, CancellationToken cancellationToken)
    {
        if (
            await accounts.FindProfileAsync(currentUser.Id, cancellationToken) is not { } user
            || await accounts.FindAsync(user.Id, cancellationToken) is not { } account
        )
        {
            return SessionErrors.SessionRevoked;
        }

        if (request.Username is { IsPresent: true, Value: { } username } && username != account.Username)
        {
            // Guests cost nothing, and would take all the good ones.
            if (account.Kind == AccountKind.Guest)
            {
                return GuestErrors.NotRegistered;
            }

            guard.RequireLive(currentUser.Id, currentUser.SessionId);
            account.Rename(username);
            tokens.WithdrawResets(user.Id, user.Email);
            audit.Record(AuditEventType.UsernameChanged);
        }

        var timeZone = account.TimeZone;
        account.ChangeProfile(
            request.DisplayName.IsPresent ? request.DisplayName.Value : account.DisplayName,
            request.Locale.IsPresent ? request.Locale.Value ?? Account.DefaultLocale : account.Locale,
            request.TimeZone.IsPresent ? request.TimeZone.Value ?? Account.DefaultTimeZone : account.TimeZone
        );
        if (account.TimeZone != timeZone)
        {
            // What waits for the end of the quiet hours becomes due, so that the new zone decides.
            var now = clock.Now();
            outbox.Hasten(user.Id, now, OutboxMail.Lease);
            pushes.Hasten(user.Id, now, PushDelivery.Lease);
        }

        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() =>
            mapper.Map<UserDto>(
                user with
                {
                    Username = account.Username,
                    DisplayName = account.DisplayName,
                    Locale = account.Locale,
                    TimeZone = account.TimeZone,
                }
            )
        );
    }
}
