using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Auth;

/// <summary>Takes attempts, and records those that are refused: once a term, so that no flood of them fills the trail.</summary>
internal sealed class RecordedAttempts(
    ISignInThrottle throttle,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Takes one attempt; see <see cref="ISignInThrottle.TakeAttemptAsync"/>.</summary>
    /// <param name="identifier">Under which it is counted.</param>
    /// <param name="findSubjectAsync">Whose account it is, if anybody's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> TakeAsync(
        string identifier,
        Func<Task<Guid?>> findSubjectAsync,
        CancellationToken cancellationToken
    )
    {
        var attempt = await throttle.TakeAttemptAsync(identifier, cancellationToken);
        if (!attempt.IsSuccess && await throttle.IsFirstRefusalAsync(identifier, cancellationToken))
        {
            var subjectId = await findSubjectAsync();
            audit.Add(
                AuditEvent.Refused(
                    AuditEventType.TooManyAttempts,
                    client.SessionId is null ? null : subjectId,
                    subjectId,
                    client,
                    clock.Now(),
                    client.SessionId
                )
            );
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.IsSuccess ? attempt : saved;
        }

        return attempt;
    }

    /// <summary>The same, where it is known whose account it is.</summary>
    public Task<Result> TakeAsync(string identifier, Guid subjectId, CancellationToken cancellationToken) =>
        TakeAsync(identifier, () => Task.FromResult<Guid?>(subjectId), cancellationToken);
}
