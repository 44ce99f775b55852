using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Push;
using MediatR;

namespace Fitnessify.Application.Maintenance;

/// <summary>Deletes rows after their retention period.</summary>
public sealed record PurgeExpiredCommand : IRequest<Result>;

internal sealed class PurgeExpiredHandler(RetentionOptions options, IRetention retention, TimeProvider clock)
    : IRequestHandler<PurgeExpiredCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 500;

    public async Task<Result> Handle(PurgeExpiredCommand request, CancellationToken cancellationToken)
    {
        (RetentionPeriods Kind, int Days)[] periods =
        [
            (RetentionPeriods.AuditEvents, options.AuditDays),
            (RetentionPeriods.RevokedSessions, options.EndedSessionDays),
            (RetentionPeriods.ExpiredSessions, options.EndedSessionDays),
            (RetentionPeriods.Notifications, options.NotificationDays),
            (RetentionPeriods.Mails, options.MailDays),
            (RetentionPeriods.SignInFailures, 0),
            (RetentionPeriods.ChallengeTokens, 0),
            (RetentionPeriods.IdentityNonces, 0),
            (RetentionPeriods.PushDeliveries, PushDelivery.DaysKept),
            (RetentionPeriods.DevicesOfRevokedSessions, 0),
            (RetentionPeriods.DevicesOfExpiredSessions, 0),
        ];
        var now = clock.Now();
        foreach (var (kind, days) in periods)
        {
            while (await retention.PurgeAsync(kind, now.AddDays(-days), BatchSize, cancellationToken) == BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return Result.Success;
    }
}
