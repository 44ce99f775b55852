using System.Runtime.CompilerServices;
using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Streams the notifications of the current user while the session is live.</summary>
/// <param name="LastEventId">The id of the last event that the client received, to resume after it; null to start now.</param>
public sealed record StreamNotificationsQuery(string? LastEventId) : IRequest<Result<NotificationEvents>>;

internal sealed class StreamNotificationsValidator : RequestValidator<StreamNotificationsQuery>
{
    public StreamNotificationsValidator() =>
        RuleFor(query => query.LastEventId)
            .Must(id => id is null || NotificationEventId.Parse(id) is not null)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Send the id of the last event that had one, or nothing.");
}

internal sealed class StreamNotificationsHandler(
    ICurrentUser currentUser,
    INotificationSequence sequence,
    INotificationFeed feed,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<StreamNotificationsQuery, Result<NotificationEvents>>
{
    private const int ReplayLimit = 200;
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    public async Task<Result<NotificationEvents>> Handle(
        StreamNotificationsQuery request,
        CancellationToken cancellationToken
    )
    {
        var epoch = await sequence.ReadEpochAsync(cancellationToken);
        Resumption? resumption = null;
        if (request.LastEventId is not null && NotificationEventId.Parse(request.LastEventId) is { } last)
        {
            // If the notification was deleted, or was sent before the database was restored, its position is unknown, and the
            // stream starts with all unread notifications.
            var after =
                last.Epoch is null || last.Epoch == epoch
                    ? await sequence.FindAsync(currentUser.Id, last.NotificationId, cancellationToken)
                    : null;
            resumption = new Resumption(after ?? 0, OnlyUnread: after is null);
        }

        // The token of this request is not used, because the reader passes its own one when it enumerates the events.
        return new NotificationEvents(
            RunAsync(currentUser.Id, currentUser.SessionId, epoch, resumption, CancellationToken.None)
        );
    }

    private async IAsyncEnumerable<NotificationEvent> RunAsync(
        Guid ownerId,
        Guid sessionId,
        long epoch,
        Resumption? resumption,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var subscription = await feed.SubscribeAsync(ownerId, sessionId, cancellationToken);
        yield return NotificationEvent.Ready;

        // Notifications from before the subscription are read page by page; later ones are queued by the subscription.
        var (after, onlyUnread) = resumption ?? new Resumption(subscription.StartsAfter, OnlyUnread: false);
        while (after < subscription.StartsAfter)
        {
            var missed = await sequence.ListAfterAsync(ownerId, after, onlyUnread, ReplayLimit, cancellationToken);
            foreach (var notification in missed.TakeWhile(earlier => earlier.Sequence <= subscription.StartsAfter))
            {
                yield return ToEvent(notification, epoch);
            }

            after = missed.Count < ReplayLimit ? subscription.StartsAfter : missed[^1].Sequence;
        }

        using var heartbeat = new PeriodicTimer(HeartbeatInterval, clock);
        var nextHeartbeat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
        var nextNotification = subscription.WaitAsync(cancellationToken).AsTask();
        while (true)
        {
            if (await Task.WhenAny(nextNotification, nextHeartbeat) == nextHeartbeat)
            {
                await nextHeartbeat;
                yield return NotificationEvent.Heartbeat;
                nextHeartbeat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
                continue;
            }

            if (!await nextNotification)
            {
                yield break;
            }

            while (subscription.TryRead(out var notification))
            {
                yield return ToEvent(notification, epoch);
            }

            nextNotification = subscription.WaitAsync(cancellationToken).AsTask();
        }
    }

    private NotificationEvent ToEvent(Notification notification, long epoch) =>
        NotificationEvent.Of(mapper.Map<NotificationDto>(notification), epoch);

    // This is the position from which a client resumes.
    private sealed record Resumption(long After, bool OnlyUnread);
}
