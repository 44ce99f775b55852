using Fitnessify.Application.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Guests;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Guests;

/// <summary>The queries about guests, and the statements of a merge.</summary>
internal static class GuestQueries
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 13, 0, 0, TimeSpan.Zero);
    private static readonly Guid Guest = new("01000000-0000-7000-8000-000000000001");

    public static readonly MainQuery[] All =
    [
        new("find by key", on => Repository(on).FindAsync(new byte[32], Now, default)),
        new("unseen", on => Repository(on).ListUnseenAsync(Now, Guest, 100, default)),
        new("merge", MergeAsync),
    ];

    private static GuestRepository Repository(QueryTarget on) => new(on.Context, on.UnitOfWork, null!);

    private static Task MergeAsync(QueryTarget on)
    {
        var accountLock = new AccountLock(on.Context, on.UnitOfWork);
        var counters = new GuestMerge.MergedCounters(Counter(Guest, 7), Counter(on.OwnerId, 5));
        return new GuestMerge(on.Context, on.UnitOfWork, accountLock, null!, new TaskOptions()).MoveAsync(
            Guest,
            on.OwnerId,
            counters,
            Now,
            default
        );
    }

    private static ChangeCounter Counter(Guid ownerId, long value) =>
        new()
        {
            OwnerId = ownerId,
            Value = value,
            LastListVersion = value,
            TaskCount = 3,
            TimeZone = "UTC",
        };
}
