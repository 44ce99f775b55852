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
using MediatR;

namespace Fitnessify.Application.Identities;

/// <summary>Signs in on a device with an identity at a provider. The first time, this creates an account.</summary>
/// <param name="Provider">The name of the provider, for instance <c>google</c>.</param>
/// <param name="IdToken">The ID token that the app received from the provider.</param>
/// <param name="Nonce">The nonce as the app made it; the token holds it or its SHA-256 digest.</param>
/// <param name="AuthorizationCode">Apple's authorization code; it serves only to revoke the consent later.</param>
/// <param name="DisplayName">The name for a new account; null takes the name from the token.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
public sealed record LoginIdentityCommand(
    string Provider,
    string IdToken,
    string Nonce,
    string? AuthorizationCode = null,
    string? DisplayName = null,
    string? Device = null
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
    }
}

internal sealed class LoginIdentityHandler(
    IdentityVerification verification,
    IIdentityRepository identities,
    IAccountRepository accounts,
    IdentityRegistration registration,
    IChallengeTokens challengeTokens,
    SignInPolicy policy,
    MfaChallenge mfa,
    SessionStart start,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginIdentityCommand, Result<IdentitySignIn>>
{
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
        var grant = await verification.ExchangeAsync(claims, request.AuthorizationCode, cancellationToken);
        var identity = new VerifiedIdentity(claims, grant);
        while (true)
        {
            var outcome = await SignInAsync(identity, request, cancellationToken);
            // Another request has linked the identity or taken the address since it was looked up: look again.
            if (outcome.Error != IdentityErrors.IdentityTaken && outcome.Error != AccountErrors.EmailTaken)
            {
                return outcome;
            }
        }
    }

    private async Task<Result<IdentitySignIn>> SignInAsync(
        VerifiedIdentity identity,
        LoginIdentityCommand request,
        CancellationToken cancellationToken
    )
    {
        var claims = identity.Claims;
        // Only an address that the issuer has verified is looked up; and even then nothing is linked by it alone. It is looked up
        // before the identity: an account that another request creates with both in between is then found by the identity.
        var owner = claims.Email is { } email ? await accounts.FindCredentialsAsync(email, cancellationToken) : null;
        if (
            await identities.FindAsync(claims.Issuer, claims.Subject, cancellationToken) is { } linked
            && await accounts.FindCredentialsAsync(linked.OwnerId, cancellationToken) is { } account
        )
        {
            return await SignInAsync(linked, account, identity, request.Device, cancellationToken);
        }

        return owner is not null
            ? await OfferLinkAsync(owner, identity, request.Device, cancellationToken)
            : await RegisterAsync(identity, request, cancellationToken);
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
        string? device,
        CancellationToken cancellationToken
    )
    {
        identities.UseNonce(identity.Claims);
        if (policy.WhyNot(account) is { } refusal)
        {
            return await policy.RefuseAsync(account.UserId, refusal, device, cancellationToken);
        }

        var otherwise = IdentityErrors.IdentityTokenInvalid;
        identities.RequireLinked(account.UserId, linked.Id, otherwise);
        linked.Renew(identity.Grant);
        var outcome = account.MfaEnabled
            ? await mfa.SaveAsync(account, new MfaChallengeContent(device, linked.Id), otherwise, cancellationToken)
            : await start.SaveAsync(
                account,
                new SignIn(device, SignInMethod.Identity, linked.Id),
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
        // The token is for whoever shows it after a sign-in: it proves the identity, and the sign-in proves the account.
        var linkToken = challengeTokens.Issue(
            ChallengePurpose.LinkIdentity,
            userId: null,
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
