using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>The sequence numbers of the notifications of all users.</summary>
internal static class NotificationNumbers
{
    /// <summary>Reads the latest number in use.</summary>
    public static Task<long> ReadLatestAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context
            .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
            .Select(sequence => sequence.Value)
            .SingleAsync(cancellationToken);
}
