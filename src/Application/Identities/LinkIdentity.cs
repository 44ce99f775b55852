using System.Text.Json;
using AutoMapper;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>
/// Links an identity to the own account: with the token from a sign-in that was refused, or with an ID token. A guest becomes a
/// member with it.
/// </summary>
/// <param name="LinkToken">From the answer <c>identity_not_linked</c>; in place of the ID token.</param>
/// <param name="Provider">With an ID token: the name of the provider.</param>
/// <param name="IdToken">The ID token that the app received from the provider.</param>
/// <param name="Nonce">With an ID token: the nonce as the app made it.</param>
/// <param name="AuthorizationCode">Apple's authorization code; it serves only to revoke the consent later.</param>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
/// <param name="Username">Only for a guest: the username of the member; null for one that is made from the name.</param>
public sealed record LinkIdentityCommand(
    string? LinkToken = null,
    string? Provider = null,
    string? IdToken = null,
    string? Nonce = null,
    string? AuthorizationCode = null,
    string? Password = null,
    string? Code = null,
    string? RecoveryCode = null,
    string? Username = null
) : IRequest<Result<IdentityDto>>, IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);

    /// <summary>Only for a guest: the username of the member; null for one that is made from the name.</summary>
    public string? Username { get; } = Username is null ? null : PastedText.OneLine(Username);
}

internal sealed class LinkIdentityValidator : RequestValidator<LinkIdentityCommand>
{
    public LinkIdentityValidator()
    {
        this.Reauthentication();
        RuleFor(command => command.Username).Username().When(command => command.Username is not null);
        RuleFor(command => command.Provider).Provider().When(HasIdToken);
        RuleFor(command => command.IdToken).IdToken().When(HasIdToken);
        RuleFor(command => command.Nonce).Nonce().When(HasIdToken);
        RuleFor(command => command.AuthorizationCode).AuthorizationCode().When(HasIdToken);
        RuleFor(command => command.LinkToken).LinkToken().When(HasLinkToken);
        RuleFor(command => command.Provider).NotBesideLinkToken().When(HasLinkToken);
        RuleFor(command => command.IdToken).NotBesideLinkToken().When(HasLinkToken);
        RuleFor(command => command.Nonce).NotBesideLinkToken().When(HasLinkToken);
        RuleFor(command => command.AuthorizationCode).NotBesideLinkToken().When(HasLinkToken);
    }

    private static bool HasLinkToken(LinkIdentityCommand command) => command.LinkToken is not null;

    private static bool HasIdToken(LinkIdentityCommand command) => command.LinkToken is null;
}

internal sealed class LinkIdentityHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IdentityVerification verification,
    GuestIdentityRegistration guestRegistration,
    IIdentityRepository identities,
    CredentialChanges credentialChanges,
    IChallengeTokens challengeTokens,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<LinkIdentityCommand, Result<IdentityDto>>
{
    public async Task<Result<IdentityDto>> Handle(LinkIdentityCommand request, CancellationToken cancellationToken)
    {
        var outcome = await ConfirmAsync();
        // Another request of the same user has linked it at the same moment. Nothing was saved, not even the use of a code, so that
        // all of it is shown and checked again.
        return outcome.Error == CommonErrors.StateConflict ? await ConfirmAsync() : outcome;

        Task<Result<IdentityDto>> ConfirmAsync() =>
            reauthentication.ConfirmAsync(
                request,
                account => LinkAsync(account, request, cancellationToken),
                cancellationToken
            );
    }

    private async Task<Result<IdentityDto>> LinkAsync(
        Credentials account,
        LinkIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        if (request.Username is not null && !account.IsGuest)
        {
            return GuestErrors.AlreadyMember;
        }

        var shown = request.LinkToken is { } linkToken
            ? Redeem(linkToken)
            : await VerifyAsync(request, cancellationToken);
        if (!shown.IsSuccess)
        {
            return shown.Error;
        }

        var (verified, use) = shown.Value;
        var claims = verified.Claims;
        var found = await identities.FindAsync(claims.Issuer, claims.Subject, cancellationToken);
        if (found is not null && found.OwnerId != currentUser.Id)
        {
            return IdentityErrors.IdentityTaken;
        }

        // The limit only keeps lists short, so two simultaneous requests may exceed it by one.
        if (
            found is null
            && (await identities.ListAsync(currentUser.Id, cancellationToken)).Count >= LinkedIdentity.MaxPerUser
        )
        {
            return IdentityErrors.TooMany;
        }

        // Only now: an authorization code works once.
        var grant =
            verified.Grant ?? await verification.ExchangeAsync(claims, request.AuthorizationCode, cancellationToken);
        return account.IsGuest
            ? (
                await guestRegistration.SaveAsync(
                    verified with
                    {
                        Grant = grant,
                    },
                    request.Username,
                    use,
                    cancellationToken
                )
            ).Select(mapper.Map<IdentityDto>)
            : await LinkAsync(found, verified with { Grant = grant }, use, cancellationToken);
    }

    private async Task<Result<IdentityDto>> LinkAsync(
        LinkedIdentity? found,
        VerifiedIdentity verified,
        Action use,
        CancellationToken cancellationToken
    )
    {
        var (claims, grant) = verified;
        var now = clock.Now();
        use();
        var identity = found ?? LinkedIdentity.Link(currentUser.Id, claims, grant, now);
        if (found is not null)
        {
            // Linking again what is linked changes only the grant, so that a retry is harmless.
            found.Use(grant, now);
            identities.RequireLinked(currentUser.Id, found.Id, IdentityErrors.IdentityTokenInvalid);
        }
        else
        {
            identities.Add(identity);
            credentialChanges.Added(currentUser.Id);
            outbox.Add(AccountMails.IdentityLinked(currentUser.Id, claims.Provider, identity.CreatedAt));
            audit.Record(AuditEventType.IdentityLinked);
        }

        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return
            saved.Error == IdentityErrors.IdentityTaken
            && await identities.FindAsync(claims.Issuer, claims.Subject, cancellationToken) is { } linked
            && linked.OwnerId == currentUser.Id
            ? CommonErrors.StateConflict
            : saved.Then(() => mapper.Map<IdentityDto>(identity));
    }

    private async Task<Result<ShownIdentity>> VerifyAsync(
        LinkIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        var verified = await verification.VerifyAsync(
            request.Provider!,
            request.IdToken!,
            request.Nonce!,
            cancellationToken
        );
        if (!verified.IsSuccess)
        {
            return verified.Error;
        }

        return new ShownIdentity(
            new VerifiedIdentity(verified.Value, Grant: null),
            () => identities.UseNonce(verified.Value)
        );
    }

    private Result<ShownIdentity> Redeem(string linkToken)
    {
        if (
            challengeTokens.Read(ChallengePurpose.LinkIdentity, linkToken, clock.Now()) is not { } challengeToken
            || (challengeToken.UserId is { } ownerId && ownerId != currentUser.Id)
        )
        {
            return AuthErrors.TokenInvalidOrExpired;
        }

        return new ShownIdentity(
            JsonSerializer.Deserialize<VerifiedIdentity>(challengeToken.Content!)!,
            () => challengeTokens.Use(challengeToken)
        );
    }

    // The identity, and what uses up, in the unit of work, what has shown it.
    private sealed record ShownIdentity(VerifiedIdentity Identity, Action Use);
}
