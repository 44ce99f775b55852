using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mfa;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>The second step of a sign-in: a code after the right password, or after an identity.</summary>
/// <param name="ChallengeToken">From the answer to the first step.</param>
/// <param name="Code">Six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record VerifyMfaCommand(string ChallengeToken, string? Code = null, string? RecoveryCode = null)
    : IRequest<Result<TokensDto>>
{
    /// <summary>Six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class VerifyMfaValidator : RequestValidator<VerifyMfaCommand>
{
    public VerifyMfaValidator()
    {
        RuleFor(command => command.ChallengeToken).Token();
        RuleFor(command => command.Code).GivenUnless(command => command.RecoveryCode).Code();
        RuleFor(command => command.RecoveryCode).NotBeside(command => command.Code).RecoveryCode();
    }
}

internal sealed class VerifyMfaHandler(
    IChallengeTokens challengeTokens,
    MfaCodeAttempts attempts,
    IAccountRepository accounts,
    IMfaRepository factors,
    IIdentityRepository identities,
    SessionStart start,
    AuditLog audit,
    TimeProvider clock
) : IRequestHandler<VerifyMfaCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(VerifyMfaCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (
            challengeTokens.Read(ChallengePurpose.SignInCode, request.ChallengeToken, now)
            is not { UserId: { } userId } challengeToken
        )
        {
            return MfaErrors.MfaCodeInvalid;
        }

        if (await accounts.FindCredentialsAsync(userId, cancellationToken) is not { } account)
        {
            return MfaErrors.MfaCodeInvalid;
        }

        var (device, identityId, _, guestSessionId) = MfaChallengeContent.Of(challengeToken);
        var code = new MfaCode(request.Code, request.RecoveryCode);
        var method = code.RecoveryCode is null ? SignInMethod.Totp : SignInMethod.RecoveryCode;
        return await attempts.MakeAsync(
            userId,
            UseAsync,
            SignInAsync,
            () => audit.RecordRefusedStranger(AuditEventType.SignInFailed, userId, device: device),
            cancellationToken
        );

        // Much may have happened since the password.
        async Task<bool> UseAsync() =>
            account is { IsDisabled: false, MfaEnabled: true }
            && await factors.TryUseAsync(userId, code, now, cancellationToken);

        // Code, challenge token and session in one save: either all of it has happened, or the code can be tried again.
        Task<Result<TokensDto>> SignInAsync()
        {
            challengeTokens.Use(challengeToken);
            if (identityId is { } id)
            {
                identities.RequireLinked(userId, id, MfaErrors.MfaCodeInvalid);
            }

            if (code.RecoveryCode is not null)
            {
                audit.Record(AuditEventType.RecoveryCodeUsed, userId, device: device);
            }

            return start.SaveAsync(
                account,
                new SignIn(device, method, identityId, guestSessionId),
                MfaErrors.MfaCodeInvalid,
                cancellationToken
            );
        }
    }
}
