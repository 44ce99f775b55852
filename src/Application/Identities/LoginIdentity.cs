using System.Text.Json;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>Signs in on a device with an identity at a provider. The first time, this creates an account.</summary>
/// <param name="Provider">The name of the provider, for instance <c>google</c>.</param>
/// <param name="IdToken">The ID token that the app received from the provider.</param>
/// <param name="Nonce">The nonce as the app made it; the token holds it or its SHA-256 digest.</param>
/// <param name="AuthorizationCode">Apple's authorization code; it serves only to revoke the consent later.</param>
/// <param name="DisplayName">The name for a new account; null takes the name from the token.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
/// <param name="GuestToken">
/// The refresh token of the guest that this device has been: the sign-in makes what the guest has the account's.
/// </param>
public sealed record LoginIdentityCommand(
    string Provider,
    string IdToken,
    string Nonce,
    string? AuthorizationCode = null,
    string? DisplayName = null,
    string? Device = null,
    string? GuestToken = null
) : IRequest<Result<IdentitySignIn>>
{
    /// <summary>The name for a new account; null takes the name from the token.</summary>
    public string? DisplayName { get; } = PastedText.Name(DisplayName);

    /// <summary>What to call this device in the list of sessions.</summary>
    public string? Device { get; } = PastedText.Name(Device);
}

internal sealed class LoginIdentityValidator : RequestValidator<LoginIdentityCommand>
{
    public LoginIdentityValidator()
    {
        RuleFor(command => command.Provider).Provider();
        RuleFor(command => command.IdToken).IdToken();
        RuleFor(command => command.Nonce).Nonce();
        RuleFor(command => command.AuthorizationCode).AuthorizationCode();
        RuleFor(command => command.DisplayName).DisplayName();
        RuleFor(command => command.Device).Device();
        RuleFor(command => command.GuestToken).Token().When(command => command.GuestToken is not null);
    }
}

internal sealed class LoginIdentityHandler(
    IdentityVerification verification,
    IIdentityRepository identities,
    IAccountRepository accounts,
    IdentityRegistration registration,
    IChallengeTokens challengeTokens,
    SignInPolicy policy,
    GuestTokens guests,
    MfaChallenge mfa,
    SessionStart start,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginIdentityCommand, Result<IdentitySignIn>>
{
    // Each further attempt takes another request that is faster at the same moment.
    private const int MaxAttempts = 10;

    public async Task<Result<IdentitySignIn>> Handle(LoginIdentityCommand request, CancellationToken cancellationToken)
    {
        var verified = await verification.VerifyAsync(
            request.Provider,
            request.IdToken,
            request.Nonce,
            cancellationToken
        );
        if (!verified.IsSuccess)
        {
            return verified.Error == IdentityErrors.IdentityTokenInvalid
                ? await policy.RefuseAsync(null, verified.Error, request.Device, cancellationToken)
                : verified.Error;
        }

        var claims = verified.Value;
        // The save decides, and knows whose token it is; this keeps a copied token from making the server ask Apple again and again.
        var grant =
            request.AuthorizationCode is null || await identities.IsNonceUsedAsync(claims, cancellationToken)
                ? null
                : await verification.ExchangeAsync(claims, request.AuthorizationCode, cancellationToken);
        var identity = new VerifiedIdentity(claims, grant);
        for (var i = 0; i < MaxAttempts; i++)
        {
            var outcome = await SignInAsync(identity, request, cancellationToken);
            // Another request has linked the identity or taken the address since it was looked up: look again.
            if (outcome.Error != IdentityErrors.IdentityTaken && outcome.Error != AccountErrors.EmailTaken)
            {
                return outcome;
            }
        }

        return CommonErrors.ServiceUnavailable;
    }

    private async Task<Result<IdentitySignIn>> SignInAsync(
        VerifiedIdentity identity,
        LoginIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        var claims = identity.Claims;
        if (
            await identities.FindAsync(claims.Issuer, claims.Subject, cancellationToken) is { } linked
            && await accounts.FindCredentialsAsync(linked.OwnerId, cancellationToken) is { } account
        )
        {
            return await SignInAsync(linked, account, identity, request, cancellationToken);
        }

        // Only an address that the issuer has verified is looked up; and even then nothing is linked by it alone.
        if (
            claims.Email is not { } email
            || await accounts.FindCredentialsAsync(email, cancellationToken) is not { } owner
        )
        {
            return await RegisterAsync(identity, request, cancellationToken);
        }

        // The owner may be the account that another request has just created for this identity.
        return await identities.FindAsync(claims.Issuer, claims.Subject, cancellationToken) is null
            ? await OfferLinkAsync(owner, identity, request.Device, cancellationToken)
            : IdentityErrors.IdentityTaken;
    }

    private async Task<Result<IdentitySignIn>> RegisterAsync(
        VerifiedIdentity identity,
        LoginIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        var outcome = await registration.SaveAsync(identity, request, cancellationToken);
        return outcome.Error == IdentityErrors.IdentityTokenInvalid
            ? await policy.RefuseAsync(null, outcome.Error, request.Device, cancellationToken)
            : outcome;
    }

    private async Task<Result<IdentitySignIn>> SignInAsync(
        LinkedIdentity linked,
        Credentials account,
        VerifiedIdentity identity,
        LoginIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        var device = request.Device;
        identities.UseNonce(identity.Claims);
        if (policy.WhyNot(account) is { } refusal)
        {
            return await policy.RefuseAsync(account.UserId, refusal, device, cancellationToken);
        }

        var otherwise = IdentityErrors.IdentityTokenInvalid;
        identities.RequireLinked(account.UserId, linked.Id, otherwise);
        linked.Use(identity.Grant, clock.Now());
        var guest = await guests.FindSessionAsync(request.GuestToken, cancellationToken);
        var outcome = account.MfaEnabled
            ? await mfa.SaveAsync(
                account,
                new MfaChallengeContent(device, linked.Id, linked.Provider, guest?.Id),
                otherwise,
                cancellationToken
            )
            : await start.SaveAsync(
                account,
                new SignIn(device, SignInMethod.Identity, linked.Id, guest?.Id),
                otherwise,
                cancellationToken
            );
        return outcome.Error == otherwise
            ? await policy.RefuseAsync(account.UserId, otherwise, device, cancellationToken)
            : outcome.Select(tokens => new IdentitySignIn(tokens, IsNew: false));
    }

    private async Task<Result<IdentitySignIn>> OfferLinkAsync(
        Credentials owner,
        VerifiedIdentity identity,
        string? device,
        CancellationToken cancellationToken
    )
    {
        identities.UseNonce(identity.Claims);
        // The token proves the identity, and a sign-in to this account proves the rest. An address that is only pending belongs to
        // no account yet, so that the token is for whichever of them its owner signs in to.
        var linkToken = challengeTokens.Issue(
            ChallengePurpose.LinkIdentity,
            owner.IsEmailPending ? null : owner.UserId,
            // The link needs neither name nor nonce.
            JsonSerializer.Serialize(identity with { Claims = identity.Claims with { Name = null, Nonce = "" } }),
            clock.Now()
        );
        audit.RecordRefusedStranger(AuditEventType.SignInFailed, owner.UserId, device: device);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.IsSuccess ? IdentityErrors.IdentityNotLinkedFor(linkToken.Text)
            : saved.Error == IdentityErrors.IdentityTokenInvalid
                ? await policy.RefuseAsync(owner.UserId, saved.Error, device, cancellationToken)
            : saved.Error;
    }
}
