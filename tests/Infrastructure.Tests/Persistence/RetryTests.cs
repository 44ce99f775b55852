using System.Data.Common;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Tests.Mail;
using Fitnessify.Infrastructure.Tests.Notifications;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>
/// Writes are retried, as on SQL Server; here they run on SQLite, with the same code and a strategy that retries.
/// </summary>
public sealed class RetryTests : IAsyncDisposable
{
    private readonly CommitFault _commit = new();
    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.MigratedSqliteAsync();
        _server = _database.Start(
            services =>
                services.ConfigureDbContext<SqliteDbContext>(context =>
                    new SqliteDbContextOptionsBuilder(context.AddInterceptors(_commit)).ExecutionStrategy(
                        dependencies => new Retrying(dependencies)
                    )
                ),
            ("Accounts:Guests", "true")
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("a new task", "201: 1 task v1, counter 1")]
    [TestCase("a changed task", "changed: 1 task v2, counter 2")]
    [TestCase("two tasks in a batch", "both: 2 tasks v1 v2, counter 2")]
    [TestCase("the trash emptied", "0 tasks, counter 2")]
    [TestCase("a notification", "notified 1 time as number +1")]
    [TestCase("a refresh", "refreshed to 1")]
    [TestCase("a wrong password", "2 failures")]
    [TestCase("a mail that is due", "sent after 1 attempt")]
    [TestCase("the last admin demoted", "last_admin, still admin")]
    [TestCase("a guest", "1 guest, counter 0, 1 session")]
    [TestCase("a guest who registers", "member, counter of a member")]
    [TestCase("a guest who is merged", "merged: 3 tasks v1 v3 v4, counter 4, of 3, 1 merge, no guest")]
    [TestCase("an account", "1 account, counter 0, 1 role")]
    public async Task A_write_happens_once_when_any_of_its_steps_ends_in_a_deadlock(string write, string expected)
    {
        var (outcome, steps) = await RunAsync(write, failing: 0);
        Assert.That(outcome, Is.EqualTo(expected), "without a deadlock");
        Assert.That(steps, Is.Positive);
        for (var failing = 1; failing <= steps; failing++)
        {
            Assert.That((await RunAsync(write, failing)).Outcome, Is.EqualTo(expected), $"step {failing} of {steps}");
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_commit_with_unknown_outcome_is_an_outage_and_is_not_repeated(bool happens)
    {
        await _server.SignInNewUserAsync();
        (_commit.Fails, _commit.Happens) = (true, happens);

        var failure = Assert.CatchAsync<CommitInDoubtException>(() => _server.CreateAsync());

        _commit.Fails = false;
        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);
        Assert.That(_commit.Failed, Is.EqualTo(1));
        Assert.That((await _server.ListAsync()).Value!.Items, Has.Count.EqualTo(happens ? 1 : 0));
    }

    [Test]
    public async Task A_persistent_deadlock_is_an_outage_and_leaves_nothing()
    {
        await _server.SignInNewUserAsync();
        _server.Commands.Before = command =>
            Commands.Inserts(command, "Tasks") ? throw new Deadlock() : Task.CompletedTask;

        var failure = Assert.CatchAsync(() => _server.CreateAsync());

        _server.Commands.Before = null;
        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);
        Assert.That(await StateAsync(), Is.EqualTo("0 tasks, counter 0"));
    }

    /// <summary>Runs a use case with its own user; each command to the database is a step.</summary>
    private async Task<(string Outcome, int Steps)> RunAsync(string write, int failing)
    {
        var steps = 0;
        var act = await PrepareAsync(write);
        _server.Commands.Before = _ => ++steps == failing ? throw new Deadlock() : Task.CompletedTask;
        var read = await act();
        _server.Commands.Before = null;
        return (await read(), steps);
    }

    // The first function is the action, the second one reads its outcome.
    private async Task<Func<Task<Func<Task<string>>>>> PrepareAsync(string write)
    {
        var owner = await _server.SignInNewUserAsync();
        var session = _server.Caller.Session!;
        switch (write)
        {
            case "a new task":
                return async () =>
                {
                    await _server.CreateAsync();
                    return async () => $"201: {await StateAsync()}";
                };
            case "a changed task":
                var task = await _server.CreateAsync();
                return async () =>
                {
                    var patched = await _server.PatchAsync(task.Id, TaskRequests.Title("Changed"));
                    return async () =>
                        $"{patched.Value?.Title.ToLowerInvariant() ?? patched.Error?.Code}: {await StateAsync()}";
                };
            case "two tasks in a batch":
                return async () =>
                {
                    TaskOperation[] operations = [New(), New()];
                    var done = await _server.SendAsync(new BatchTasksCommand(operations, true));
                    return async () => $"{(done.IsSuccess ? "both" : done.Error.Code)}: {await StateAsync()}";
                };
            case "the trash emptied":
                var trashed = await _server.CreateAsync();
                await _server.DeleteAsync(trashed.Id);
                _server.Clock.Advance(TimeSpan.FromDays(31));
                return async () =>
                {
                    await _server.SendAsync(new PurgeTrashCommand());
                    return StateAsync;
                };
            case "a notification":
                await _server.CreateOverdueAsync();
                var before = await LatestAsync();
                return async () =>
                {
                    Assert.That((await _server.ScanAsync()).Error, Is.Null);
                    return async () =>
                        $"notified {(await _server.NotificationsAsync(owner)).Count} time as number +{await LatestAsync() - before}";
                };
            case "a refresh":
                var token = _server.Get<ISessionTokens>().Issue(session, _server.Clock.GetUtcNow()).RefreshToken;
                return async () =>
                {
                    var refreshed = await _server.SendAsync(new RefreshTokensCommand(token));
                    return async () =>
                        refreshed.Error?.Code
                        ?? $"refreshed to {await ReadAsync(context => context.Sessions.Where(row => row.Id == session.Id).Select(row => row.RefreshCounter).SingleAsync())}";
                };
            case "a wrong password":
                await _server.UseAsync(
                    (ISignInThrottle throttle) => throttle.TakeAttemptAsync(Attempt.Of($"{owner}"), default)
                );
                var known = await ReadAsync(context => context.SignInFailures.SumAsync(row => row.Count));
                return async () =>
                {
                    await _server.UseAsync(
                        (ISignInThrottle throttle) => throttle.TakeAttemptAsync(Attempt.Of($"{owner}"), default)
                    );
                    // There is one counter of the login and one of the address.
                    return async () =>
                        $"{await ReadAsync(context => context.SignInFailures.SumAsync(row => row.Count)) - known} failures";
                };
            case "a mail that is due":
                var mail = await _server.QueueAsync((await _server.ReaderAsync()).Id);
                return async () =>
                {
                    await _server.SendMailsAsync();
                    return async () =>
                    {
                        var row = (await _server.RowAsync(mail))!;
                        return $"{row.Status.ToString().ToLowerInvariant()} after {row.Attempts} attempt";
                    };
                };
            case "the last admin demoted":
                var admin = await AdminAsync();
                return async () =>
                {
                    _server.Caller.Session = await _server.SignInAsync(admin);
                    var demoted = await _server.SendAsync(
                        new SetUserRolesCommand(admin, new RolesInput([Roles.Member]))
                    );
                    return async () =>
                        $"{demoted.Error?.Code}, {(await IsAdminAsync(admin) ? "still admin" : "no admin")}";
                };
            case "a guest":
                return async () =>
                {
                    var started = (await _server.SendAsync(new StartGuestCommand(Guid.NewGuid()))).Value!;
                    return () =>
                        ReadAsync(async context =>
                        {
                            var id = await OwnerOfAsync(started.SessionId);
                            return $"{await context.Accounts.CountAsync(row => row.Id == id && row.Kind == AccountKind.Guest)} guest, "
                                + $"counter {await context.ChangeCounters.Where(row => row.OwnerId == id && row.IsGuest).SumAsync(row => row.Value)}, "
                                + $"{await context.Sessions.CountAsync(row => row.OwnerId == id)} session";
                        });
                };
            case "a guest who registers":
                var (registering, _) = await GuestAsync();
                var name = Instance.NewName();
                return async () =>
                {
                    var command = new RegisterGuestCommand(name, $"{name}@example.org", "correct horse battery");
                    var registered = await _server.SendAsync(command);
                    return () =>
                        ReadAsync(async context =>
                            $"{registered.Error?.Code ?? registered.Value!.Kind.ToString().ToLowerInvariant()}, "
                            + $"counter of {(await context.ChangeCounters.AnyAsync(row => row.OwnerId == registering && row.IsGuest) ? "a guest" : "a member")}"
                        );
                };
            case "a guest who is merged":
                await _server.CreateAsync();
                var (merged, guestToken) = await GuestAsync();
                await _server.CreateAsync();
                await _server.CreateAsync();
                _server.Caller.Session = session;
                var password = (
                    await _server.Get<IPasswordHashing>().HashAsync("correct horse battery", default)
                ).Value!;
                await _server.ChangeAsync(owner, row => row.ChangePassword(password));
                var username = await ReadAsync(context =>
                    context.Accounts.Where(row => row.Id == owner).Select(row => row.Username).SingleAsync()
                );
                return async () =>
                {
                    var login = new LoginUserCommand(username, "correct horse battery", GuestToken: guestToken);
                    var signedIn = await _server.SendAsync(login);
                    return () =>
                        ReadAsync(async context =>
                            $"{(signedIn.Value?.GuestMerged == true ? "merged" : signedIn.Error?.Code)}: {await StateAsync()}, "
                            + $"of {await context.ChangeCounters.Where(row => row.OwnerId == owner).Select(row => row.TaskCount).SingleAsync()}, "
                            + $"{await context.AuditEvents.CountAsync(row => row.SubjectId == owner && row.Type == AuditEventType.GuestMerged)} merge, "
                            + $"{(await context.Accounts.AnyAsync(row => row.Id == merged) || await context.ChangeCounters.AnyAsync(row => row.OwnerId == merged) ? "a" : "no")} guest"
                        );
                };
            default:
                return async () =>
                {
                    var user = await _server.SignUpAsync();
                    return () =>
                        ReadAsync(async context =>
                            $"{await context.Accounts.CountAsync(row => row.Id == user.Id)} account, "
                            + $"counter {await context.ChangeCounters.Where(row => row.OwnerId == user.Id).SumAsync(row => row.Value)}, "
                            + $"{await context.UserRoles.CountAsync(row => row.UserId == user.Id)} role"
                        );
                };
        }
    }

    private static TaskOperation New() =>
        TaskRequests.Operation(TaskOperationKind.Create, Guid.CreateVersion7(), TaskRequests.Title("Run"));

    private async Task<string> StateAsync()
    {
        var owner = _server.Caller.Session!.OwnerId;
        var versions = await ReadAsync(context =>
            context
                .Tasks.Where(task => task.OwnerId == owner)
                .OrderBy(task => task.Version)
                .Select(task => $"v{task.Version}")
                .ToListAsync()
        );
        var counter = await ReadAsync(context =>
            context.ChangeCounters.Where(row => row.OwnerId == owner).Select(row => row.Value).SingleAsync()
        );
        var tasks = versions.Count == 1 ? "1 task" : $"{versions.Count} tasks";
        return $"{string.Join(' ', versions.Prepend(tasks))}, counter {counter}";
    }

    private async Task<Guid> AdminAsync()
    {
        var admins = await ReadAsync(context =>
            context.UserRoles.Where(row => row.RoleId == RoleSeed.AdminId).Select(row => row.UserId).ToListAsync()
        );
        if (admins is [var admin])
        {
            return admin;
        }

        var user = await _server.SignUpAsync();
        Assert.That((await _server.SendAsync(new GrantRoleCommand(user.Username, Roles.Admin))).Error, Is.Null);
        return user.Id;
    }

    /// <summary>Makes a new guest the caller.</summary>
    private async Task<(Guid Id, string RefreshToken)> GuestAsync()
    {
        var started = (await _server.SendAsync(new StartGuestCommand(Guid.NewGuid()))).Value!;
        _server.Caller.Session = await ReadAsync(context =>
            context.Sessions.SingleAsync(row => row.Id == started.SessionId)
        );
        return (_server.Caller.Session.OwnerId, started.RefreshToken);
    }

    private Task<Guid> OwnerOfAsync(Guid sessionId) =>
        ReadAsync(context =>
            context.Sessions.Where(row => row.Id == sessionId).Select(row => row.OwnerId).SingleAsync()
        );

    private Task<bool> IsAdminAsync(Guid id) =>
        ReadAsync(context => context.UserRoles.AnyAsync(row => row.UserId == id && row.RoleId == RoleSeed.AdminId));

    private Task<long> LatestAsync() => ReadAsync(context => NotificationNumbers.ReadLatestAsync(context, default));

    private Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read) => _server.UseAsync(read);

    private sealed class Deadlock()
        : DbException("Transaction was deadlocked and has been chosen as the deadlock victim.");

    private sealed class Retrying(ExecutionStrategyDependencies dependencies)
        : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is Deadlock;
    }

    /// <summary>A commit that fails as if the connection had been lost, before or after it was done.</summary>
    private sealed class CommitFault : DbTransactionInterceptor
    {
        public bool Fails { get; set; }

        public bool Happens { get; set; }

        public int Failed { get; private set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => Fails && !Happens ? throw Fail() : ValueTask.FromResult(result);

        public override Task TransactionCommittedAsync(
            DbTransaction transaction,
            TransactionEndEventData eventData,
            CancellationToken cancellationToken = default
        ) => Fails && Happens ? throw Fail() : Task.CompletedTask;

        private Deadlock Fail()
        {
            Failed++;
            return new Deadlock();
        }
    }
}
