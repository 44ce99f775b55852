using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Identities;

/// <summary>Creates the account of an identity that signs in for the first time.</summary>
internal sealed class IdentityRegistration(
    IAccountRepository accounts,
    IIdentityRepository identities,
    GuestTokens guests,
    SessionStart start,
    AuditLog audit,
    TimeProvider clock
)
{
    // Random digits are hardly ever taken twice.
    private const int MaxAttempts = 10;

    /// <summary>Saves account, identity and session together.</summary>
    /// <returns>
    /// The tokens; <c>identity_taken</c> or <c>email_taken</c> if another request was faster; <c>identity_token_invalid</c> if
    /// the token was used before.
    /// </returns>
    public async Task<Result<IdentitySignIn>> SaveAsync(
        VerifiedIdentity identity,
        LoginIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        var claims = identity.Claims;
        var displayName = request.DisplayName ?? IdentityNames.Suggest(claims.Name);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.Now();
            var username = UsernameSuggestion.From(displayName, isDistinct: attempt > 1);
            // The issuer has verified the address, so its owner need not confirm it again.
            var account = Account.Register(username, claims.Email, null, now, emailConfirmed: claims.Email is not null);
            account.ChangeProfile(displayName, account.Locale, account.TimeZone);
            var guest = await guests.FindSessionAsync(request.GuestToken, cancellationToken);
            if (guest is not null && await accounts.FindProfileAsync(guest.OwnerId, cancellationToken) is { } profile)
            {
                // What the same person has said as a guest.
                account.ChangeProfile(displayName ?? profile.DisplayName, profile.Locale, profile.TimeZone);
            }

            var linked = LinkedIdentity.Link(account.Id, claims, identity.Grant, now);
            accounts.Add(account);
            identities.Add(linked);
            identities.UseNonce(claims);
            audit.Record(AuditEventType.Registered, account.Id);
            var signIn = new SignIn(request.Device, SignInMethod.Identity, linked.Id, guest?.Id);
            var outcome = await start.SaveFirstAsync(account, signIn, cancellationToken);
            if (outcome.Error != AccountErrors.UsernameTaken || attempt == MaxAttempts)
            {
                return outcome.Select(tokens => new IdentitySignIn(tokens, IsNew: true));
            }
        }
    }
}
