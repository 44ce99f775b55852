using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Admin;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Accounts;

/// <summary>Other frequent queries, and those that others wait for: sessions, accounts, lists for admins, mails, and writes.</summary>
internal static class AccountQueries
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );
    private static readonly AuditFilter Audited = new(Guid.Empty, AuditEventType.SignedIn, Now, Now.AddDays(1));

    public static readonly MainQuery[] All =
    [
        new("session of a request", on => LiveSessions(on).FindAsync(Guid.Empty, default).AsTask()),
        new("sessions of streams", on => LiveSessions(on).FilterAsync([Guid.Empty, on.OwnerId], default)),
        new("session of a refresh", on => Sessions(on).FindAsync(Guid.Empty, default)),
        new("refresh", RefreshAsync),
        new("own sessions", on => Sessions(on).ListLiveAsync(on.OwnerId, Now, default)),
        new("device", on => Devices(on).IsNewAsync(on.OwnerId, "Phone", default)),
        new("network", on => Devices(on).FindAsync(on.OwnerId, null, default)),
        new("account", on => WithAccounts(on, accounts => accounts.FindProfileAsync(on.OwnerId, default))),
        new("login by name", on => WithAccounts(on, accounts => accounts.FindCredentialsAsync("ann", default))),
        new(
            "login by address",
            on => WithAccounts(on, accounts => accounts.FindCredentialsAsync("ann@example.org", default))
        ),
        new("failed sign-in taken back", on => Failures(on).ReturnAsync(new byte[32], default)),
        new("failed sign-ins forgotten", on => Failures(on).ForgetAsync(new byte[32], default)),
        new("security events", Events, EventsAsync),
        new("audit events", Audit, AuditAsync),
        new(
            "users",
            on =>
                WithUsers(
                    on,
                    users =>
                        users.ListAsync(
                            on.OwnerId,
                            new("ann", "admin", UserStatus.Active),
                            new PageRequest(50, null),
                            Now,
                            default
                        )
                )
        ),
        new(
            "due mails",
            on =>
                new MailOutbox(on.Context, on.UnitOfWork).TakeDueAsync(false, Now, 40, TimeSpan.FromMinutes(2), default)
        ),
        new("postponed mail", PostponeAsync),
        // The outbox does this in the transaction of new settings.
        new(
            "hastened mails",
            on =>
                on.Context.OutboxMails.Where(mail =>
                        mail.UserId == on.OwnerId && mail.CanWait && mail.FinishedAt == null
                    )
                    .HastenAsync(Now, TimeSpan.FromMinutes(2), default)
        ),
        new(
            "last admin",
            on =>
                new AdminAuthorizationStep(
                    on.Context,
                    new AdminAction(on.OwnerId, Guid.Empty, Permissions.ManageRoles, [Roles.Support])
                ).BeforeAsync(default)
        ),
        new(
            "owner's counter",
            on => new VersionStep(on.Context, new TaskOptions()).RaiseAsync(on.OwnerId, 2, 1, 1, default)
        ),
        new("new task", CreateAsync),
        new("changed task", ChangeAsync),
    ];

    /// <summary>Adds more than one page of events.</summary>
    public static async Task FillAsync(Instance server)
    {
        var owner = server.Caller.Session!.OwnerId;
        await server.UseAsync(
            async (AppDbContext context) =>
            {
                context.AuditEvents.AddRange(
                    Enumerable
                        .Range(0, 3)
                        .Select(_ => AuditEvent.Of(AuditEventType.SignedIn, owner, server.Caller, Now))
                );
                await context.SaveChangesAsync();
            }
        );
    }

    private static Task PostponeAsync(QueryTarget on)
    {
        var mail = TasksDueMail.Create(on.OwnerId, Now);
        mail.Claim(Now.AddMinutes(2));
        mail.Postpone(Now.AddHours(8));
        return new MailOutbox(on.Context, on.UnitOfWork).StoreAsync(mail, Now, default);
    }

    private static Task<Result<Page<AuditEvent>>> Events(QueryTarget on) =>
        Trail(on.Context, on.Server).ListAsync(on.OwnerId, new PageRequest(50, on.Position), default);

    private static Task<string?> EventsAsync(Instance server) =>
        server.UseAsync(
            async (AppDbContext context) =>
                (
                    await Trail(context, server)
                        .ListAsync(server.Caller.Session!.OwnerId, new PageRequest(1, null), default)
                )
                    .Value!
                    .NextCursor
        );

    private static Task<Result<Page<AuditEvent>>> Audit(QueryTarget on) =>
        Trail(on.Context, on.Server)
            .SearchAsync(on.OwnerId, Audited with { UserId = on.OwnerId }, new PageRequest(50, on.Position), default);

    private static Task<string?> AuditAsync(Instance server)
    {
        var owner = server.Caller.Session!.OwnerId;
        return server.UseAsync(
            async (AppDbContext context) =>
                (
                    await Trail(context, server)
                        .SearchAsync(owner, Audited with { UserId = owner }, new PageRequest(1, null), default)
                )
                    .Value!
                    .NextCursor
        );
    }

    private static Task<bool> RefreshAsync(QueryTarget on)
    {
        var session = Session.Start(on.OwnerId, "Phone", "192.0.2.1", Lifetime, Now);
        session.Refresh(Lifetime, Now.AddMinutes(15));
        return Sessions(on).TryStoreRefreshAsync(session, moved: null, default);
    }

    private static Task<int> CreateAsync(QueryTarget on)
    {
        on.Context.Add(NewTask(on));
        return on.Context.SaveChangesAsync();
    }

    private static Task<int> ChangeAsync(QueryTarget on)
    {
        var task = NewTask(on);
        on.Context.Attach(task);
        task.MoveTo(TaskItemStatus.Done, Now);
        return on.Context.SaveChangesAsync();
    }

    private static TaskItem NewTask(QueryTarget on) =>
        TaskItem.Create(
            Guid.Empty,
            on.OwnerId,
            new("Run", "Before breakfast", default, default, Due.At(Now), ["Home"]),
            Now
        );

    private static SessionRepository Sessions(QueryTarget on) =>
        new(
            on.Context,
            new SessionQueries(),
            on.UnitOfWork,
            new AccountLock(on.Context, on.UnitOfWork),
            new SessionEviction(on.Context, Cache(), on.Server.Clock),
            Cache()
        );

    private static LiveSessionCache Cache() => new(new SessionOptions(), TimeProvider.System);

    private static KnownDevices Devices(QueryTarget on) =>
        new(on.Context, on.Server.Get<ISessionTokens>(), on.Server.Caller, on.Server.Clock);

    private static LiveSessions LiveSessions(QueryTarget on)
    {
        var cache = Cache();
        var sideWrites = on.Server.Get<BackgroundWrites>();
        return new LiveSessions(
            on.Context,
            cache,
            new AccessTokenUses(on.Context, cache, sideWrites),
            sideWrites,
            on.Server.Clock
        );
    }

    private static SignInFailureCounts Failures(QueryTarget on) =>
        new(on.Context, TimeSpan.FromMinutes(15), on.Server.Clock);

    private static AuditTrail Trail(AppDbContext context, Instance server) => new(context, server.Get<CursorFormat>());

    private static Task WithAccounts(QueryTarget on, Func<AccountRepository, Task> use) =>
        use(new AccountRepository(on.Context));

    private static Task WithUsers(QueryTarget on, Func<UserDirectory, Task> use) =>
        use(new UserDirectory(on.Context, on.Server.Get<CursorFormat>()));
}
