using Fitnessify.Application.Audit;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Accounts;

/// <summary>Takes attempts, and records those that are refused: once a term, so that no flood of them fills the trail.</summary>
internal sealed class AuditedThrottle(ISignInThrottle throttle, AuditLog audit, IUnitOfWork unitOfWork)
{
    /// <summary>Takes one attempt; see <see cref="ISignInThrottle.TakeAttemptAsync"/>.</summary>
    /// <param name="attempt">What is counted.</param>
    /// <param name="subjectId">Whose account it is, if anybody's.</param>
    public async Task<Result> TakeAsync(Attempt attempt, Guid? subjectId, CancellationToken cancellationToken)
    {
        var taken = await throttle.TakeAttemptAsync(attempt, cancellationToken);
        if (!taken.IsSuccess && await throttle.IsFirstRefusalAsync(attempt, cancellationToken))
        {
            audit.RecordRefused(AuditEventType.TooManyAttempts, subjectId);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.IsSuccess ? taken : saved;
        }

        return taken;
    }
}
