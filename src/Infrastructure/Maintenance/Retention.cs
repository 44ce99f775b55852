using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>Each batch is the beginning of an index.</summary>
internal sealed class Retention(AppDbContext context, IMailTransport transport) : IRetention
{
    public Task<int> PurgeAsync(
        RetentionPeriods kind,
        DateTimeOffset before,
        int batchSize,
        CancellationToken cancellationToken
    )
    {
        return kind switch
        {
            RetentionPeriods.AuditEvents => DeleteAsync(
                context.AuditEvents.Where(row => row.At < before).OrderBy(row => row.At)
            ),
            RetentionPeriods.RevokedSessions => DeleteAsync(
                context.Sessions.Where(row => row.RevokedAt < before).OrderBy(row => row.RevokedAt)
            ),
            RetentionPeriods.ExpiredSessions => DeleteAsync(
                context.Sessions.Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt)
            ),
            RetentionPeriods.Notifications => DeleteAsync(
                context.Notifications.Where(row => row.CreatedAt < before).OrderBy(row => row.CreatedAt)
            ),
            RetentionPeriods.Mails => context.WriteAsync(
                () =>
                    context.DeleteMailsAsync(
                        context
                            .OutboxMails.Where(row => row.FinishedAt < before)
                            .OrderBy(row => row.FinishedAt)
                            .Take(batchSize),
                        transport,
                        cancellationToken
                    ),
                cancellationToken
            ),
            RetentionPeriods.SignInFailures => DeleteAsync(
                context.SignInFailures.Where(row => row.EndsAt < before).OrderBy(row => row.EndsAt)
            ),
            RetentionPeriods.ChallengeTokens => DeleteAsync(
                context.UnusedChallengeTokens.Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt)
            ),
            RetentionPeriods.IdentityNonces => DeleteAsync(
                context.UsedNonces.Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt)
            ),
            RetentionPeriods.PushDeliveries => DeleteAsync(
                context.PushDeliveries.Where(row => row.CreatedAt < before).OrderBy(row => row.CreatedAt)
            ),
            RetentionPeriods.DevicesOfRevokedSessions => DeleteDevicesAsync(
                context.Sessions.Where(session => session.RevokedAt < before)
            ),
            RetentionPeriods.DevicesOfExpiredSessions => DeleteDevicesAsync(
                context.Sessions.Where(session => session.ExpiresAt < before)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

        Task<int> DeleteAsync<T>(IQueryable<T> rows) =>
            context.WriteAsync(() => rows.Take(batchSize).ExecuteDeleteAsync(cancellationToken), cancellationToken);

        // A session is kept for weeks after its end, and has few devices.
        async Task<int> DeleteDevicesAsync(IQueryable<Session> ended)
        {
            var sessions = await context
                .Devices.Select(device => device.SessionId)
                .Intersect(ended.Select(session => session.Id))
                .Take(batchSize)
                .ToListAsync(cancellationToken);
            foreach (var id in sessions)
            {
                // What was sent to a device goes with it, so that one write deletes the devices of one session only.
                await context.WriteAsync(
                    () => context.Devices.Where(device => device.SessionId == id).ExecuteDeleteAsync(cancellationToken),
                    cancellationToken
                );
            }

            return sessions.Count;
        }
    }
}
