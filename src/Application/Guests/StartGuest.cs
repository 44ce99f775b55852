using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Guests;

/// <summary>Begins without registering.</summary>
/// <param name="Key">
/// A random UUID that the app has made for this guest. Until the tokens are first used, the same key answers with the same guest.
/// </param>
/// <param name="Device">What to call this device in the list of sessions.</param>
/// <param name="Locale">The language of texts that the server writes, as a language tag (BCP 47); null for en.</param>
/// <param name="TimeZone">IANA name: where the user lives; null for UTC.</param>
public sealed record StartGuestCommand(Guid Key, string? Device = null, string? Locale = null, string? TimeZone = null)
    : IRequest<Result<TokensDto>>
{
    /// <summary>What to call this device in the list of sessions.</summary>
    public string? Device { get; } = PastedText.Name(Device);
}

internal sealed class StartGuestValidator : RequestValidator<StartGuestCommand>
{
    public StartGuestValidator()
    {
        RuleFor(command => command.Key).NotEmpty();
        RuleFor(command => command.Device).Device();
        RuleFor(command => command.Locale).Locale();
        RuleFor(command => command.TimeZone).StoredTimeZone();
    }
}

internal sealed class StartGuestHandler(
    AccountOptions options,
    IGuestRepository guests,
    IAccountRepository accounts,
    ISessionTokens tokens,
    SessionStart start,
    AuditLog audit,
    TimeProvider clock
) : IRequestHandler<StartGuestCommand, Result<TokensDto>>
{
    // Each further attempt takes another request with the same key that is faster at the same moment.
    private const int MaxAttempts = 10;

    public async Task<Result<TokensDto>> Handle(StartGuestCommand request, CancellationToken cancellationToken)
    {
        if (!options.Guests)
        {
            return GuestErrors.GuestsNotAllowed;
        }

        var keyHash = GuestKey.Hash(request.Key);
        for (var i = 0; i < MaxAttempts; i++)
        {
            var now = clock.Now();
            var known = await guests.FindAsync(keyHash, now, cancellationToken);
            if (known?.Session is { IsUntouched: true } session)
            {
                return TokensDto.From(session, tokens.Issue(session, now));
            }

            // Whoever has the tokens has shown that they arrived: for anyone else with the key, there is another guest.
            if (known is not null)
            {
                guests.ReleaseKey(known.Id, keyHash);
            }

            var created = await CreateAsync(keyHash, request, now, cancellationToken);
            if (created.Error != CommonErrors.StateConflict)
            {
                return created;
            }
        }

        return CommonErrors.ServiceUnavailable;
    }

    private Task<Result<TokensDto>> CreateAsync(
        byte[] keyHash,
        StartGuestCommand request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var guest = Account.StartGuest(UsernameSuggestion.ForGuest(), keyHash, now);
        guest.ChangeProfile(null, request.Locale ?? guest.Locale, request.TimeZone ?? guest.TimeZone);
        accounts.Add(guest);
        audit.Record(AuditEventType.GuestCreated, guest.Id, device: request.Device);
        return start.SaveFirstAsync(guest, new SignIn(request.Device, SignInMethod.Guest), cancellationToken);
    }
}
