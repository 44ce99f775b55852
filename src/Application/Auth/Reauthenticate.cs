using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>
/// Shows again who the user of this session is: with the password, a passkey or an identity. For five minutes after that, what
/// asks for the password takes nothing in its place.
/// </summary>
/// <param name="Password">The password; or else a passkey or an identity.</param>
/// <param name="ChallengeToken">With a passkey: from the first step.</param>
/// <param name="Credential">With a passkey: the answer of the authenticator.</param>
/// <param name="Provider">With an identity: the name of the provider.</param>
/// <param name="IdToken">With an identity: an ID token that is at most five minutes old.</param>
/// <param name="Nonce">With an identity: the nonce as the app made it.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record ReauthenticateCommand(
    string? Password = null,
    string? ChallengeToken = null,
    IReadOnlyDictionary<string, object?>? Credential = null,
    string? Provider = null,
    string? IdToken = null,
    string? Nonce = null,
    string? Code = null,
    string? RecoveryCode = null
) : IRequest<Result<ReauthenticationDto>>, IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);

    /// <summary>Returns what the user shows.</summary>
    internal ReauthenticationMethod Method() =>
        (Provider ?? IdToken ?? Nonce) is not null ? ReauthenticationMethod.Identity
        : ChallengeToken is not null || Credential is not null ? ReauthenticationMethod.Passkey
        : ReauthenticationMethod.Password;
}

internal sealed class ReauthenticateValidator : RequestValidator<ReauthenticateCommand>
{
    private const string OneOfThree = "Give one of a password, a passkey and an identity.";

    public ReauthenticateValidator()
    {
        RuleFor(command => command.Password)
            .Password()
            .When(command => command.Password is not null || command.Method() == ReauthenticationMethod.Password);
        RuleFor(command => command.Password)
            .Null()
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage(OneOfThree)
            .When(command => command.Method() != ReauthenticationMethod.Password);
        RuleFor(command => command.ChallengeToken).Token().When(IsPasskey);
        RuleFor(command => command.Credential).NotEmpty().When(IsPasskey);
        RuleFor(command => command.ChallengeToken)
            .Null()
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage(OneOfThree)
            .When(IsIdentity);
        RuleFor(command => command.Credential)
            .Null()
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage(OneOfThree)
            .When(IsIdentity);
        RuleFor(command => command.Provider).Provider().When(IsIdentity);
        RuleFor(command => command.IdToken).IdToken().When(IsIdentity);
        RuleFor(command => command.Nonce).Nonce().When(IsIdentity);
        RuleFor(command => command.Code).Code().When(command => command.Code is not null);
        RuleFor(command => command.RecoveryCode).NotBeside(command => command.Code).RecoveryCode();
    }

    private static bool IsPasskey(ReauthenticateCommand command) => command.Method() == ReauthenticationMethod.Passkey;

    private static bool IsIdentity(ReauthenticateCommand command) =>
        command.Method() == ReauthenticationMethod.Identity;
}

internal sealed class ReauthenticateHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IdentityVerification verification,
    IIdentityRepository identities,
    IPasskeys passkeys,
    IChallengeTokens challengeTokens,
    ISessionRepository sessions,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReauthenticateCommand, Result<ReauthenticationDto>>
{
    public Task<Result<ReauthenticationDto>> Handle(ReauthenticateCommand request, CancellationToken cancellationToken)
    {
        ChallengeToken? challengeToken = null;
        VerifiedPasskey? passkey = null;
        (IdentityClaims Claims, Guid Id)? identity = null;
        return request.Method() switch
        {
            ReauthenticationMethod.Passkey => ConfirmByAsync(VerifyPasskeyAsync),
            ReauthenticationMethod.Identity => ConfirmByAsync(VerifyIdentityAsync),
            _ => reauthentication.ConfirmAsync(request, SaveAsync, cancellationToken),
        };

        Task<Result<ReauthenticationDto>> ConfirmByAsync(Func<Task<Result>> verifyAsync) =>
            reauthentication.ConfirmByAsync(
                verifyAsync,
                new MfaCode(request.Code, request.RecoveryCode),
                SaveAsync,
                cancellationToken
            );

        async Task<Result> VerifyPasskeyAsync()
        {
            var purpose = ChallengePurpose.PasskeyReauthentication;
            challengeToken = challengeTokens.Read(purpose, request.ChallengeToken!, clock.Now());
            if (challengeToken?.UserId == currentUser.Id)
            {
                passkey = await passkeys.VerifyAsync(
                    challengeToken.Content!,
                    PasskeyCredential.ToJson(request.Credential!),
                    cancellationToken
                );
            }

            return passkey?.UserId == currentUser.Id ? Result.Success : AuthErrors.ReauthenticationFailed;
        }

        async Task<Result> VerifyIdentityAsync()
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

            var claims = verified.Value;
            if (
                claims.AuthenticatedAt < clock.Now() - Session.ReauthenticationLifetime
                || await identities.FindAsync(claims.Issuer, claims.Subject, cancellationToken) is not { } linked
                || linked.OwnerId != currentUser.Id
            )
            {
                return AuthErrors.ReauthenticationFailed;
            }

            identity = (claims, linked.Id);
            return Result.Success;
        }

        // A wrong code uses up neither challenge, passkey counter nor nonce, so that it can be tried again.
        async Task<Result<ReauthenticationDto>> SaveAsync(Credentials account)
        {
            if (await sessions.FindAsync(currentUser.SessionId, cancellationToken) is not { } session)
            {
                return SessionErrors.SessionRevoked;
            }

            if (passkey is not null && !await passkeys.UseAsync(passkey, cancellationToken))
            {
                return AuthErrors.ReauthenticationFailed;
            }

            // The removal of the passkey has withdrawn it, and would make the save fail that records the refusal.
            if (challengeToken is not null)
            {
                challengeTokens.Use(challengeToken);
            }

            if (identity is var (claims, id))
            {
                identities.RequireLinked(currentUser.Id, id, AuthErrors.ReauthenticationFailed);
                identities.UseNonce(claims);
            }

            session.Reauthenticate(account.SecurityStamp, clock.Now());
            audit.Record(AuditEventType.Reauthenticated);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.IsSuccess ? new ReauthenticationDto(session.ReauthenticatedUntil!.Value)
                : saved.Error == IdentityErrors.IdentityTokenInvalid || saved.Error == PasskeyErrors.PasskeyInvalid
                    ? AuthErrors.ReauthenticationFailed
                : saved.Error;
        }
    }
}
