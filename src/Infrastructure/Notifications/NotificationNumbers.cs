using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>The numbers that notifications of all owners share.</summary>
internal static class NotificationNumbers
{
    /// <summary>The latest number that is in use.</summary>
    public static Task<long> ReadLatestAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context
            .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
            .Select(sequence => sequence.Value)
            .SingleAsync(cancellationToken);
}
