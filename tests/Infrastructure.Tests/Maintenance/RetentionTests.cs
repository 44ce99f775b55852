using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tests.Notifications;
using Fitnessify.Infrastructure.Tests.Push;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Maintenance;

/// <summary>Lists for admins and the nightly deletion with a long audit trail; only SQLite shows its query plans here.</summary>
public sealed class RetentionTests : IAsyncDisposable
{
    private static readonly Guid User = new("0197a000-0000-7000-8000-0000000000aa");

    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task Start()
    {
        _database = TestDatabase.EmptySqlite();
        _server = _database.Start();
        await _server.Services.MigrateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_page_of_a_million_events_is_an_index_range_and_the_oldest_are_deleted_in_batches()
    {
        await FillAsync(1_000_000);

        foreach (var (filter, range) in Searches())
        {
            var (plan, page) = await SearchAsync(filter);
            Assert.That(plan.Where(step => step[0] == 'S'), Is.EqualTo(range));
            Assert.That(page.Items, Has.Count.EqualTo(50), $"{filter}");
            Assert.That(page.Items.Select(item => item.At), Is.Ordered.Descending);
        }

        List<int> deleted = [];
        for (var i = 0; i < 3; i++)
        {
            // Of the million events, one per second, these are the oldest thousand and one.
            deleted.Add(
                await _server.UseAsync(
                    (IRetention retention) =>
                        retention.PurgeAsync(RetentionPeriods.AuditEvents, Begin.AddSeconds(1001), 500, default)
                )
            );
        }

        Assert.That(deleted, Is.EqualTo([500, 500, 1]));
        Assert.That(
            await _server.UseAsync((AppDbContext context) => context.AuditEvents.MinAsync(audit => audit.At)),
            Is.EqualTo(Begin.AddSeconds(1001))
        );
    }

    [TestCase(RetentionPeriods.AuditEvents, "IX_AuditEvents_At_Id (At<?)")]
    [TestCase(RetentionPeriods.RevokedSessions, "IX_Sessions_RevokedAt (RevokedAt<?)")]
    [TestCase(RetentionPeriods.ExpiredSessions, "IX_Sessions_ExpiresAt (ExpiresAt<?)")]
    [TestCase(RetentionPeriods.Notifications, "IX_Notifications_CreatedAt (CreatedAt<?)")]
    [TestCase(RetentionPeriods.Mails, "IX_OutboxMails_FinishedAt (FinishedAt<?)")]
    [TestCase(RetentionPeriods.SignInFailures, "IX_SignInFailures_EndsAt (EndsAt<?)")]
    [TestCase(RetentionPeriods.ChallengeTokens, "IX_UnusedChallengeTokens_ExpiresAt (ExpiresAt<?)")]
    [TestCase(RetentionPeriods.PushDeliveries, "IX_PushDeliveries_CreatedAt (CreatedAt<?)")]
    public async Task Old_rows_are_found_in_an_index_without_sorting(RetentionPeriods kind, string range)
    {
        List<string> plan = [];
        _server.Commands.Before = async command =>
        {
            if (command.CommandText.Contains("ORDER BY", StringComparison.Ordinal))
            {
                plan.AddRange(await Commands.ExplainAsync(command));
            }
        };

        await _server.UseAsync((IRetention retention) => retention.PurgeAsync(kind, Begin, 500, default));

        Assert.That(plan, Has.One.Contains(range));
        Assert.That(plan, Has.None.Contains("ORDER BY"));
    }

    [Test]
    public async Task A_page_of_users_starts_in_the_index_where_the_last_one_ended()
    {
        for (var i = 0; i < 3; i++)
        {
            await _server.SignUpAsync();
        }

        var filter = new UserFilter(null, null, null);
        var first = await ListUsersAsync(filter, null);
        List<string> plan = [];
        _server.Commands.Before = async command =>
        {
            if (plan.Count == 0 && command.CommandText.Contains("\"Users\"", StringComparison.Ordinal))
            {
                plan.AddRange(await Commands.ExplainAsync(command));
            }
        };
        await ListUsersAsync(filter, first.NextCursor);

        Assert.That(first.NextCursor, Is.Not.Null);
        Assert.That(plan, Has.One.Items.And.Some.Contains("USING INDEX IX_Users_CreatedAt_Id (CreatedAt<?)"));
    }

    [Test]
    public async Task Each_night_only_data_older_than_its_setting_is_deleted()
    {
        await using var server = _database.Start(("Retention:AuditDays", "10"), ("Retention:EndedSessionDays", "3"));
        var userId = await server.SignInNewUserAsync();
        var revoked = await server.SignInAsync(userId);
        await server.UseAsync(
            (AppDbContext context) =>
            {
                context.Attach(revoked);
                revoked.Revoke(SessionEnd.SignedOut, server.Clock.GetUtcNow());
                context.AuditEvents.Add(
                    AuditEvent.Of(AuditEventType.SignedOut, userId, server.Caller, server.Clock.GetUtcNow())
                );
                return context.SaveChangesAsync();
            }
        );

        server.Clock.Advance(TimeSpan.FromDays(3));
        Assert.That(await PurgeAndCountAsync(server), Is.EqualTo((1, 2)));
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await PurgeAndCountAsync(server), Is.EqualTo((1, 1)), "ended three days ago");
        server.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That(await PurgeAndCountAsync(server), Is.EqualTo((0, 1)), "happened ten days ago");
        server.Clock.Advance(TimeSpan.FromDays(23));
        Assert.That(await PurgeAndCountAsync(server), Is.EqualTo((0, 0)), "unused for thirty days, three days ago");
    }

    [Test]
    public async Task Each_night_the_devices_of_ended_sessions_and_what_was_sent_long_ago_are_deleted()
    {
        await using var server = _database.Start();
        var userId = await server.SignInNewUserAsync();
        var (revoked, expiring) = (await server.SignInAsync(userId), await server.SignInAsync(userId));
        await server.PutDeviceAsync(revoked);
        await server.PutDeviceAsync(expiring);
        await server.NotifyAsync(userId);
        await server.SendAsync(new RevokeSessionCommand(revoked.Id));
        Assert.That(await PurgeAndCountDevicesAsync(server), Is.EqualTo((2, 2)), "revoked at this moment");

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await PurgeAndCountDevicesAsync(server), Is.EqualTo((1, 1)));
        server.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That(await PurgeAndCountDevicesAsync(server), Is.EqualTo((0, 0)), "expired a millisecond ago");

        await server.PutDeviceAsync(await server.SignInAsync(userId));
        await server.NotifyAsync(userId);
        server.Clock.Advance(TimeSpan.FromDays(6));
        Assert.That(await PurgeAndCountDevicesAsync(server), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_message_is_deleted_after_a_week()
    {
        await using var server = _database.Start();
        var userId = await server.SignInNewUserAsync();
        await server.PutDeviceAsync();
        await server.NotifyAsync(userId);
        server.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That(await PurgeAndCountDevicesAsync(server), Is.EqualTo((1, 1)));

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await PurgeAndCountDevicesAsync(server), Is.EqualTo((1, 0)));
    }

    [TestCase(RetentionPeriods.DevicesOfRevokedSessions)]
    [TestCase(RetentionPeriods.DevicesOfExpiredSessions)]
    public async Task The_devices_of_ended_sessions_are_deleted_in_batches_of_sessions(RetentionPeriods kind)
    {
        var userId = await _server.SignInNewUserAsync();
        for (var i = 0; i < 3; i++)
        {
            var session = await _server.SignInAsync(userId);
            await _server.PutDeviceAsync(session);
            await _server.PutDeviceAsync(session);
            await _server.SendAsync(new RevokeSessionCommand(session.Id));
        }

        List<int> deleted = [];
        List<int> left = [];
        for (var i = 0; i < 2; i++)
        {
            deleted.Add(
                await _server.UseAsync(
                    (IRetention retention) =>
                        retention.PurgeAsync(kind, _server.Clock.GetUtcNow().AddDays(31), 2, default)
                )
            );
            left.Add((await _server.DevicesAsync(userId)).Count);
        }

        Assert.That(deleted, Is.EqualTo([2, 1]));
        Assert.That(left, Is.EqualTo([2, 0]));
    }

    private static DateTimeOffset Begin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static IEnumerable<(AuditFilter Filter, string[] Range)> Searches()
    {
        var (from, to) = (Begin.AddDays(1), Begin.AddDays(2));
        // The two parts of a user's events are merged; each one sorts its page, not the range.
        string[] ofUser =
        [
            "SEARCH a USING INDEX IX_AuditEvents_SubjectId_At_Id (SubjectId=?",
            "SCAN a1",
            "SEARCH a0 USING INDEX IX_AuditEvents_ActorId_At_Id (ActorId=?",
            "SCAN a2",
        ];
        const string byType = "SEARCH a USING INDEX IX_AuditEvents_Type_At_Id (Type=?";
        const string byTime = "a USING INDEX IX_AuditEvents_At_Id";
        yield return (new(null, null, null, null), [$"SCAN {byTime}"]);
        yield return (new(null, null, from, to), [$"SEARCH {byTime} (At>? AND At<?)"]);
        yield return (new(null, AuditEventType.SignedIn, null, null), [$"{byType})"]);
        yield return (new(null, AuditEventType.SignedIn, from, to), [$"{byType} AND At>? AND At<?)"]);
        yield return (new(User, null, null, null), Range(")"));
        yield return (new(User, AuditEventType.SignInFailed, null, null), Range(")"));
        yield return (new(User, AuditEventType.SignInFailed, from, null), Range(" AND At>?)"));

        string[] Range(string end) =>
            [.. ofUser.Select(step => step.StartsWith("SEARCH", StringComparison.Ordinal) ? step + end : step)];
    }

    private async Task<(List<string> Plan, Page<AuditEvent> Page)> SearchAsync(AuditFilter filter)
    {
        List<string> plan = [];
        _server.Commands.Before = async command => plan.AddRange(await Commands.ExplainAsync(command));
        var page = await _server.UseAsync(
            (IAuditTrail audit) => audit.SearchAsync(Guid.Empty, filter, new PageRequest(50, null), default)
        );
        _server.Commands.Before = null;
        return (plan, page.Value!);
    }

    private async Task<Page<ManagedUser>> ListUsersAsync(UserFilter filter, string? cursor) =>
        (
            await _server.UseAsync(
                (IUserDirectory directory) =>
                    directory.ListAsync(
                        Guid.Empty,
                        filter,
                        new PageRequest(1, cursor),
                        _server.Clock.GetUtcNow(),
                        default
                    )
            )
        ).Value!;

    private static async Task<(int Events, int Sessions)> PurgeAndCountAsync(Instance server)
    {
        Assert.That((await server.SendAsync(new PurgeExpiredCommand())).Error, Is.Null);
        return await server.UseAsync(
            async (AppDbContext context) =>
                (await context.AuditEvents.CountAsync(), await context.Sessions.CountAsync())
        );
    }

    private static async Task<(int Devices, int Messages)> PurgeAndCountDevicesAsync(Instance server)
    {
        Assert.That((await server.SendAsync(new PurgeExpiredCommand())).Error, Is.Null);
        var owner = server.Caller.Session!.OwnerId;
        return ((await server.DevicesAsync(owner)).Count, (await server.MessagesAsync(owner)).Count);
    }

    /// <summary>Adds one event per second; every hundredth is the user's, half of those as the actor; half are failed sign-ins.</summary>
    private Task FillAsync(int count) =>
        _server.UseAsync(
            async (AppDbContext context) =>
            {
                // Sorting a finished table is much faster than keeping five indexes in order while it grows.
                var indexes = await context
                    .Database.SqlQuery<string>(
                        $"SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND name LIKE 'IX_AuditEvents_%'"
                    )
                    .ToListAsync();
                foreach (var drop in indexes.Select(index => $"DROP INDEX \"{index.Split('"')[1]}\""))
                {
                    await context.Database.ExecuteSqlRawAsync(drop);
                }

                await context.Database.ExecuteSqlAsync(
                    $"""
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})
                    INSERT INTO "AuditEvents" ("Id", "Type", "At", "Outcome", "ActorId", "SubjectId")
                    SELECT printf('0197A000-0000-7000-8000-%012X', i),
                        CASE i / 100 % 2 WHEN 0 THEN 'SignedIn' ELSE 'SignInFailed' END,
                        {Begin.UtcTicks} + i * {TimeSpan.TicksPerSecond},
                        'Succeeded',
                        CASE i % 100 WHEN 7 THEN {User} ELSE NULL END,
                        CASE i % 100 WHEN 2 THEN {User} ELSE printf('0197A000-0000-7000-9000-%012X', i % 1000) END
                    FROM n
                    """
                );
                foreach (var index in indexes)
                {
                    await context.Database.ExecuteSqlRawAsync(index);
                }
            }
        );
}
