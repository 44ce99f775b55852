using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Identities;

/// <summary>Makes a member of a guest who links the first identity.</summary>
internal sealed class GuestIdentityRegistration(
    GuestRegistration registration,
    IIdentityRepository identities,
    CredentialChanges credentialChanges,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    // Random digits are hardly ever taken twice.
    private const int MaxAttempts = 10;

    /// <summary>Saves the registration together with the identity.</summary>
    /// <param name="identity">The identity. Its address becomes the account's.</param>
    /// <param name="username">The username that the guest has chosen; null for one that is made from the name.</param>
    /// <param name="use">Uses up, in the unit of work, what has shown the identity.</param>
    /// <returns>
    /// The identity; <c>state_conflict</c> if the guest has registered meanwhile; or <c>username_taken</c>, <c>email_taken</c> or
    /// <c>identity_taken</c>.
    /// </returns>
    public async Task<Result<LinkedIdentity>> SaveAsync(
        VerifiedIdentity identity,
        string? username,
        Action use,
        CancellationToken cancellationToken
    )
    {
        var claims = identity.Claims;
        for (var attempt = 1; ; attempt++)
        {
            var begun = await registration.BeginAsync(cancellationToken);
            if (!begun.IsSuccess)
            {
                return begun.Error;
            }

            var account = begun.Value;
            var displayName = account.DisplayName ?? IdentityNames.Suggest(claims.Name);
            account.BecomeMember(
                username ?? UsernameSuggestion.From(displayName, isDistinct: attempt > 1),
                claims.Email,
                // The issuer has verified the address, so its owner need not confirm it again.
                emailConfirmed: claims.Email is not null
            );
            account.ChangeProfile(displayName, account.Locale, account.TimeZone);
            registration.Complete(account);
            var linked = LinkedIdentity.Link(account.Id, claims, identity.Grant, clock.Now());
            identities.Add(linked);
            use();
            credentialChanges.Added(account.Id);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            if (saved.Error != AccountErrors.UsernameTaken || username is not null || attempt == MaxAttempts)
            {
                return saved.Then(() => linked);
            }
        }
    }
}
