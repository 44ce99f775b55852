using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>
/// Polls the database for new notifications of all instances: once a second for all subscriptions together, and not at all
/// without any.
/// </summary>
internal sealed partial class NotificationFeed(
    IServiceScopeFactory scopes,
    SessionOptions revocation,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<NotificationFeed> logger
) : BackgroundService, INotificationFeed
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly NotificationSubscriptions _subscriptions = new();
    private DateTimeOffset _sessionsCheckedAt;

    public async Task<INotificationSubscription> SubscribeAsync(
        Guid ownerId,
        Guid sessionId,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var latest = await NotificationNumbers.ReadLatestAsync(context, cancellationToken);
        return _subscriptions.Add(ownerId, sessionId, latest);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Streams are active requests, which the host would wait for before it stops this service.
        await using var stop = lifetime.ApplicationStopping.Register(_subscriptions.Close);
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReadNewAsync(stoppingToken);
                await EndDeadAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The subscriptions stay open, and receive what they have missed when the database is back.
                LogFailed(exception.GetBaseException().Message);
            }
        }
    }

    /// <summary>Publishes the new notifications.</summary>
    internal async Task ReadNewAsync(CancellationToken cancellationToken)
    {
        var hasMore = true;
        while (hasMore && _subscriptions.Position is { } position)
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            var found = await ListAfterAsync(context, position, cancellationToken);
            _subscriptions.Publish(position, found);
            hasMore = found.Count == BatchSize;
        }
    }

    /// <summary>
    /// Closes the subscriptions of sessions that are not live any more, at the interval that <c>Sessions:RevocationSeconds</c>
    /// requires.
    /// </summary>
    internal async Task EndDeadAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var sessions = _subscriptions.Sessions;
        // The absolute value copes with a clock that was set back.
        var since = (now - _sessionsCheckedAt).Duration();
        if (sessions.Count == 0 || since < TimeSpan.FromSeconds(revocation.RevocationSeconds / 2.0))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var live = await scope
            .ServiceProvider.GetRequiredService<ILiveSessions>()
            .FilterAsync(sessions, cancellationToken);
        // Only the checked sessions are closed, because others may have subscribed meanwhile.
        _subscriptions.Close(sessions.Except(live).ToHashSet());
        _sessionsCheckedAt = now;
    }

    /// <summary>Lists a batch of the notifications of all users after a sequence number, oldest first.</summary>
    internal static Task<List<Notification>> ListAfterAsync(
        AppDbContext context,
        long position,
        CancellationToken cancellationToken
    ) =>
        context
            .Notifications.AsNoTracking()
            .Where(notification => notification.Sequence > position)
            .OrderBy(notification => notification.Sequence)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "New notifications cannot be read: {Reason}")]
    private partial void LogFailed(string reason);
}
