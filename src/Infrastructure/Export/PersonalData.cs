using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Export;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Lists;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Export;

/// <summary>Read in pieces: a slow reader keeps neither a transaction open nor the whole in memory.</summary>
internal sealed class PersonalData(AppDbContext context) : IPersonalData
{
    private const int PieceSize = 500;

    public IAsyncEnumerable<Session> SessionsAsync(Guid userId, CancellationToken cancellationToken) =>
        ReadAsync(
            context.Sessions.Where(session => session.OwnerId == userId),
            session => session.CreatedAt,
            session => session.Id,
            cancellationToken
        );

    public async IAsyncEnumerable<AuditEvent> AuditEventsAsync(
        Guid userId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Two ranges of two indexes, one after the other.
        foreach (
            var part in (Expression<Func<AuditEvent, bool>>[])
                [audit => audit.SubjectId == userId, audit => audit.ActorId == userId && audit.SubjectId != userId]
        )
        {
            var events = ReadAsync(
                context.AuditEvents.Where(part),
                audit => audit.At,
                audit => audit.Id,
                cancellationToken
            );
            await foreach (var audit in events)
            {
                yield return audit;
            }
        }
    }

    // By what never changes: by its version, a task that is changed meanwhile would come twice.
    public IAsyncEnumerable<TaskItem> TasksAsync(Guid userId, CancellationToken cancellationToken) =>
        ReadAsync(
            context.Tasks.Where(task => task.OwnerId == userId),
            tasks => tasks.OrderBy(task => task.Id),
            (tasks, last) => tasks.Where(task => task.Id.CompareTo(last.Id) > 0),
            cancellationToken
        );

    public IAsyncEnumerable<TaskList> ListsAsync(Guid userId, CancellationToken cancellationToken) =>
        ReadAsync(
            context.Lists.Where(list => list.OwnerId == userId),
            lists => lists.OrderBy(list => list.Id),
            (lists, last) => lists.Where(list => list.Id.CompareTo(last.Id) > 0),
            cancellationToken
        );

    public IAsyncEnumerable<Notification> NotificationsAsync(Guid userId, CancellationToken cancellationToken) =>
        ReadAsync(
            context.Notifications.Where(notification => notification.OwnerId == userId),
            notification => notification.Sequence,
            notification => notification.Id,
            cancellationToken
        );

    public IAsyncEnumerable<OutboxMail> MailsAsync(Guid userId, CancellationToken cancellationToken) =>
        ReadAsync(
            context.OutboxMails.Where(mail => mail.UserId == userId),
            mail => mail.CreatedAt,
            mail => mail.Id,
            cancellationToken
        );

    private static IAsyncEnumerable<T> ReadAsync<T, TKey>(
        IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, Guid>> id,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var (keyOf, idOf) = (key.Compile(), id.Compile());
        return ReadAsync(
            source,
            rows => rows.OrderByKey(key, id, descending: false),
            (rows, last) => rows.After(key, id, descending: false, keyOf(last), idOf(last)),
            cancellationToken
        );
    }

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        IQueryable<T> source,
        Func<IQueryable<T>, IQueryable<T>> order,
        Func<IQueryable<T>, T, IQueryable<T>> after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where T : class
    {
        var all = source.AsNoTracking();
        var piece = all;
        while (true)
        {
            var rows = await order(piece).Take(PieceSize).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < PieceSize)
            {
                yield break;
            }

            piece = after(all, rows[^1]);
        }
    }
}
