using System.Runtime.CompilerServices;
using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Users;
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
            .Must(id => id is null || Guid.TryParse(id, out _))
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
        long? after = null;
        if (Guid.TryParse(request.LastEventId, out var last))
        {
            // One that is not there any more was the last one long ago: then all that there are come.
            after = await sequence.FindAsync(currentUser.Id, last, cancellationToken) ?? 0;
        }

        // Who reads it brings a token of their own.
        return new NotificationEvents(RunAsync(currentUser.Id, currentUser.SessionId, after, CancellationToken.None));
    }

    private async IAsyncEnumerable<NotificationEvent> RunAsync(
        Guid ownerId,
        Guid sessionId,
        long? resumeAfter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var subscription = await feed.SubscribeAsync(ownerId, sessionId, cancellationToken);
        yield return NotificationEvent.Ready;

        // What came before the subscription is read in parts, what comes after it is waiting there.
        var after = resumeAfter ?? subscription.StartsAfter;
        while (after < subscription.StartsAfter)
        {
            var missed = await sequence.ListAfterAsync(ownerId, after, ReplayLimit, cancellationToken);
            foreach (var notification in missed.TakeWhile(of => of.Sequence <= subscription.StartsAfter))
            {
                yield return Tell(notification);
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
                yield return Tell(notification);
            }

            more = subscription.WaitAsync(cancellationToken).AsTask();
        }
    }

    private NotificationEvent Tell(Notification notification) =>
        NotificationEvent.Of(mapper.Map<NotificationDto>(notification));
}
