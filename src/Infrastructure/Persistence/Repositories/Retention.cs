using Fitnessify.Domain.Maintenance;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

/// <summary>Each batch is the beginning of an index.</summary>
internal sealed class Retention(AppDbContext context) : IRetention
{
    public Task<int> PurgeAsync(
        Retained kind,
        DateTimeOffset before,
        int batchSize,
        CancellationToken cancellationToken
    )
    {
        return kind switch
        {
            Retained.AuditEvents => DeleteAsync(
                context.AuditEvents.Where(row => row.At < before).OrderBy(row => row.At)
            ),
            Retained.RevokedSessions => DeleteAsync(
                context.Sessions.Where(row => row.RevokedAt < before).OrderBy(row => row.RevokedAt)
            ),
            Retained.ExpiredSessions => DeleteAsync(
                context.Sessions.Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt)
            ),
            Retained.Notifications => DeleteAsync(
                context.Notifications.Where(row => row.CreatedAt < before).OrderBy(row => row.CreatedAt)
            ),
            Retained.Mails => DeleteAsync(
                context.OutboxMails.Where(row => row.FinishedAt < before).OrderBy(row => row.FinishedAt)
            ),
            Retained.SignInFailures => DeleteAsync(
                context.SignInFailures.Where(row => row.EndsAt < before).OrderBy(row => row.EndsAt)
            ),
            Retained.ChallengeTokens => DeleteAsync(
                context.UnusedChallengeTokens.Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

        Task<int> DeleteAsync<T>(IQueryable<T> rows) =>
            context.WriteAsync(() => rows.Take(batchSize).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }
}
