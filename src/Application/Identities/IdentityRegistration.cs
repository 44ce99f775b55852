using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Identities;

/// <summary>Creates the account of an identity that signs in for the first time.</summary>
internal sealed class IdentityRegistration(
    IAccountRepository accounts,
    IIdentityRepository identities,
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
        var displayName = request.DisplayName ?? SuggestName(claims.Name);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.Now();
            var username = UsernameSuggestion.From(displayName, isDistinct: attempt > 1);
            // The issuer has verified the address, so its owner need not confirm it again.
            var account = Account.Register(username, claims.Email, null, now, emailConfirmed: claims.Email is not null);
            account.ChangeProfile(displayName, account.Locale, account.TimeZone);
            var linked = LinkedIdentity.Link(account.Id, claims, identity.Grant, now);
            accounts.Add(account);
            identities.Add(linked);
            identities.UseNonce(claims);
            audit.Record(AuditEventType.Registered, account.Id);
            var signIn = new SignIn(request.Device, SignInMethod.Identity, linked.Id);
            var outcome = await start.SaveFirstAsync(account, signIn, cancellationToken);
            if (outcome.Error != AccountErrors.UsernameTaken || attempt == MaxAttempts)
            {
                return outcome.Select(tokens => new IdentitySignIn(tokens, IsNew: true));
            }
        }
    }

    // A name from a token is a suggestion, which the user can change. What they could not type themselves is left out.
    private static string? SuggestName(string? name) =>
        PastedText.Name(name) is { } line && TextRules.IsPlain(line) ? PastedText.Name(Shorten(line)) : null;

    private static string Shorten(string name) =>
        name.Length <= Account.DisplayNameMaxLength ? name
        : char.IsHighSurrogate(name[Account.DisplayNameMaxLength - 1]) ? name[..(Account.DisplayNameMaxLength - 1)]
        : name[..Account.DisplayNameMaxLength];
}
