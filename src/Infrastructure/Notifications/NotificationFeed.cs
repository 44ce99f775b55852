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
/// Asks the database for new notifications, whichever instance has written them: once a second for all listeners together,
/// and not at all without any.
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
        // Streams are requests in flight, which the server would wait for before it stops this.
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
                // The listeners stay; whatever they miss now comes when the database is back.
                LogFailed(exception.GetBaseException().Message);
            }
        }
    }

    /// <summary>Passes on what is new.</summary>
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

    /// <summary>Lets go of those whose session has ended, as soon as that has to be known.</summary>
    internal async Task EndDeadAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var sessions = _subscriptions.Sessions;
        // Whichever way the clock has been put.
        var since = (now - _sessionsCheckedAt).Duration();
        if (sessions.Count == 0 || since < TimeSpan.FromSeconds(revocation.RevocationSeconds / 2.0))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var live = await scope
            .ServiceProvider.GetRequiredService<ILiveSessions>()
            .FilterAsync(sessions, cancellationToken);
        // Only those that were asked about: others may have begun to listen meanwhile.
        _subscriptions.Close(sessions.Except(live).ToHashSet());
        _sessionsCheckedAt = now;
    }

    /// <summary>A batch of those after a place, of all users, oldest first.</summary>
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
