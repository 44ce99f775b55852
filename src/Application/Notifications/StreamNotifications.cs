using System.Runtime.CompilerServices;
using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Notifications;

/// <summary>Tell me at once, as long as this session lives.</summary>
/// <param name="LastEventId">The id of the last notification that arrived, to go on after it; null to begin now.</param>
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
            // What came after one that is not there any more, or was told before the database was restored, nobody knows: then
            // it begins with what is unread.
            var after =
                last.Epoch is null || last.Epoch == epoch
                    ? await sequence.FindAsync(currentUser.Id, last.NotificationId, cancellationToken)
                    : null;
            resumption = new Resumption(after ?? 0, OnlyUnread: after is null);
        }

        // Who reads it brings a token of their own.
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

        // What came before the subscription is read in parts, what comes after it is waiting there.
        var (after, onlyUnread) = resumption ?? new Resumption(subscription.StartsAfter, OnlyUnread: false);
        while (after < subscription.StartsAfter)
        {
            var missed = await sequence.ListAfterAsync(ownerId, after, onlyUnread, ReplayLimit, cancellationToken);
            foreach (var notification in missed.TakeWhile(of => of.Sequence <= subscription.StartsAfter))
            {
                yield return Tell(notification, epoch);
            }

            after = missed.Count < ReplayLimit ? subscription.StartsAfter : missed[^1].Sequence;
        }

        using var heartbeat = new PeriodicTimer(HeartbeatInterval, clock);
        var beat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
        var more = subscription.WaitAsync(cancellationToken).AsTask();
        while (true)
        {
            if (await Task.WhenAny(more, beat) == beat)
            {
                await beat;
                yield return NotificationEvent.Heartbeat;
                beat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
                continue;
            }

            if (!await more)
            {
                yield break;
            }

            while (subscription.TryRead(out var notification))
            {
                yield return Tell(notification, epoch);
            }

            more = subscription.WaitAsync(cancellationToken).AsTask();
        }
    }

    private NotificationEvent Tell(Notification notification, long epoch) =>
        NotificationEvent.Of(mapper.Map<NotificationDto>(notification), epoch);

    // Where a reader has been before.
    private sealed record Resumption(long After, bool OnlyUnread);
}
