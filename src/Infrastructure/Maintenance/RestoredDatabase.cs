using System.Security.Cryptography;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>
/// Makes an end of what a database has told others before it was put back to an earlier state: numbers that they trust must
/// not come again for something else, and what was taken back must not go on by itself.
/// </summary>
internal static class RestoredDatabase
{
    // Nobody has changed a million tasks since.
    private const long Leap = 1_000_000;

    /// <summary>
    /// Gives it a new epoch, lets its counters jump ahead, ends all sessions, voids mailed tokens and drops mails that wait. All
    /// in one transaction; a second time does no harm.
    /// </summary>
    /// <param name="context">Up to date, and used by nobody else.</param>
    /// <param name="now">UTC.</param>
    public static Task RenewAsync(AppDbContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(async () =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                await RenewNumbersAsync(context, now, cancellationToken);
                await TakeBackAsync(context, now, cancellationToken);
                context.ChangeTracker.Clear();
                context.AuditEvents.Add(AuditEvent.OfRestore(now));
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            });

    private static async Task RenewNumbersAsync(
        AppDbContext context,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Microseconds: no owner makes a million changes a second, so that no number that was given is ever reached by this,
        // however often one backup is restored. And whatever a clock has said, never less than before.
        var jump = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await context.ChangeCounters.ExecuteUpdateAsync(
            set =>
                set.SetProperty(
                    counter => counter.Value,
                    counter => counter.Value < jump ? jump : counter.Value + Leap
                ),
            cancellationToken
        );
        await context
            .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                        sequence => sequence.Value,
                        sequence => sequence.Value < jump ? jump : sequence.Value + Leap
                    ),
                cancellationToken
            );
        var epoch = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        await context
            .Sequences.Where(sequence => sequence.Name == Sequence.Epoch)
            .ExecuteUpdateAsync(set => set.SetProperty(sequence => sequence.Value, epoch), cancellationToken);
    }

    private static async Task TakeBackAsync(
        AppDbContext context,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await context
            .Sessions.Where(session => session.RevokedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(session => session.RevokedAt, (DateTimeOffset?)now)
                        .SetProperty(session => session.RevokedReason, (SessionEnd?)SessionEnd.DatabaseRestored),
                cancellationToken
            );
        await context.AccountTokens.ExecuteDeleteAsync(cancellationToken);
        await context.UnusedChallengeTokens.ExecuteDeleteAsync(cancellationToken);
        await context.OutboxMails.Where(mail => mail.FinishedAt == null).ExecuteDeleteAsync(cancellationToken);
    }
}
