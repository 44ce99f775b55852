using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Accounts;

/// <summary>Counts and records wrong codes, wherever one is asked for: six digits are soon guessed by who may guess on.</summary>
internal sealed class MfaCodeAttempts(AuditedThrottle attempts, ISignInThrottle throttle, IUnitOfWork unitOfWork)
{
    /// <summary>Does what takes a code. Only when that is saved, the wrong codes before it are forgiven.</summary>
    /// <param name="userId">The account whose code it is.</param>
    /// <param name="useAsync">Uses the code up, in the unit of work; false when it is wrong.</param>
    /// <param name="saveAsync">Saves that with what it was used for; <c>mfa_code_invalid</c> when somebody was quicker.</param>
    /// <param name="recordRefused">Records a wrong code, in the unit of work.</param>
    /// <returns>What was saved; <c>mfa_code_invalid</c>; or <c>too_many_attempts</c>, and then the code was not looked at.</returns>
    public async Task<TOutcome> MakeAsync<TOutcome>(
        Guid userId,
        Func<Task<bool>> useAsync,
        Func<Task<TOutcome>> saveAsync,
        Action recordRefused,
        CancellationToken cancellationToken
    )
        where TOutcome : IOutcome<TOutcome>
    {
        var attempt = Attempt.Of(Credentials.MfaIdentifierOf(userId));
        var taken = await attempts.TakeAsync(attempt, userId, cancellationToken);
        if (!taken.IsSuccess)
        {
            return TOutcome.Failed(taken.Error);
        }

        var outcome = await useAsync() ? await saveAsync() : TOutcome.Failed(MfaErrors.MfaCodeInvalid);
        if (outcome.Error is null)
        {
            await throttle.ForgiveAsync(attempt, cancellationToken);
        }
        else if (outcome.Error == MfaErrors.MfaCodeInvalid)
        {
            recordRefused();
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.IsSuccess ? outcome : TOutcome.Failed(saved.Error);
        }
        else
        {
            // The code was right, but is not used up.
            await throttle.ReturnAttemptAsync(attempt, cancellationToken);
        }

        return outcome;
    }
}
