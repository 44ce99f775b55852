using System.Data.Common;
using System.Net;
using System.Runtime.CompilerServices;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Testing;

/// <summary>The services of one running server.</summary>
internal sealed class Instance(ServiceProvider services, FakeTimeProvider clock) : IAsyncDisposable
{
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );

    public IServiceProvider Services => services;

    public FakeTimeProvider Clock => clock;

    /// <summary>Gets the caller of the requests to this instance.</summary>
    public Caller Caller => Get<Caller>();

    /// <summary>Gets the commands of the instance to the database.</summary>
    public Commands Commands => Get<Commands>();

    /// <summary>Creates a name that is unique in this run.</summary>
    public static string NewName() => $"u{Guid.NewGuid():N}"[..20];

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Uses a service in its own scope, as a request does.</summary>
    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task UseAsync<TService>(Func<TService, Task> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Sends a use case through the whole pipeline, in its own scope.</summary>
    public Task<TResult> SendAsync<TResult>(IRequest<TResult> request) =>
        UseAsync((IMediator mediator) => mediator.Send(request));

    public async Task<Result<AccountProfile>> SignUpAsync(string username, string email, string passwordHash = "hash")
    {
        await using var scope = services.CreateAsyncScope();
        var account = Account.Register(username, email, passwordHash, clock.GetUtcNow());
        scope.ServiceProvider.GetRequiredService<IAccountRepository>().Add(account);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        return saved.Then(() => AccountProfile.Of(account));
    }

    public async Task<AccountProfile> SignUpAsync()
    {
        var name = NewName();
        return (await SignUpAsync(name, $"{name}@example.org")).Value!;
    }

    public async Task<AccountProfile> SignUpAsync(string password)
    {
        var name = NewName();
        var hash = (await Get<IPasswordHashing>().HashAsync(password, default)).Value!;
        return (await SignUpAsync(name, $"{name}@example.org", hash)).Value!;
    }

    /// <summary>Changes an account in a separate unit of work, as another request would.</summary>
    public async Task<Result> ChangeAsync(Guid userId, Action<Account> change)
    {
        await using var scope = services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<IAccountRepository>().FindAsync(userId, default);
        change(account!);
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
    }

    /// <summary>Reads or writes the database directly, without a use case.</summary>
    public Task InDatabaseAsync(Func<DbContext, Task> use) => UseAsync((AppDbContext context) => use(context));

    /// <summary>Adds entities to the database in a separate unit of work.</summary>
    public async Task<Result> SaveAsync(Action<AppDbContext> add)
    {
        await using var scope = services.CreateAsyncScope();
        add(scope.ServiceProvider.GetRequiredService<AppDbContext>());
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
    }

    public async Task<Session> SignInAsync(Guid userId)
    {
        await using var scope = services.CreateAsyncScope();
        var session = Session.Start(userId, "Phone", "192.0.2.1", Lifetime, clock.GetUtcNow());
        scope.ServiceProvider.GetRequiredService<ISessionRepository>().Add(session);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        return session;
    }

    /// <summary>Deletes the row of an account, as the erasure does at its end; what belongs to the account goes with it.</summary>
    public Task EraseAsync(Guid userId) =>
        UseAsync((AppDbContext context) => context.StoredAccounts.Where(row => row.Id == userId).ExecuteDeleteAsync());

    /// <summary>Makes an account one without a password, as it is when an identity has created it.</summary>
    public Task RemovePasswordAsync(Guid userId) =>
        UseAsync(
            (AppDbContext context) =>
                context
                    .StoredAccounts.Where(row => row.Id == userId)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, (string?)null))
        );

    /// <summary>Deletes all sessions of an account, as the purge of old ones does.</summary>
    public Task EraseSessionsAsync(Guid userId) =>
        UseAsync((AppDbContext context) => context.Sessions.Where(row => row.OwnerId == userId).ExecuteDeleteAsync());

    /// <summary>Makes a new user the caller of this instance.</summary>
    public async Task<Guid> SignInNewUserAsync()
    {
        Caller.Session = await SignInAsync((await SignUpAsync()).Id);
        return Caller.Session.OwnerId;
    }

    /// <summary>Stops the services.</summary>
    /// <exception cref="InvalidOperationException">An action of the test waits for a command that never came.</exception>
    public async ValueTask DisposeAsync()
    {
        var commands = Commands;
        await services.DisposeAsync();
        commands.EnsureNoneWaits();
    }
}

/// <summary>A caller at a network address, signed in or not.</summary>
internal sealed class Caller : IClient, ICurrentUser
{
    /// <summary>Gets or sets the address, which is unique by default so that failed attempts of tests do not add up.</summary>
    public string? IpAddress { get; set; } =
        new IPAddress([0x20, 0x01, 0x0d, 0xb8, .. Guid.NewGuid().ToByteArray()[..12]]).ToString();

    public Session? Session { get; set; }

    Guid? IClient.SessionId => Session?.Id;

    Guid ICurrentUser.Id => Session!.OwnerId;

    Guid ICurrentUser.SessionId => Session!.Id;
}

/// <summary>Lets a test inspect a command before it is executed, or run an action before or after it.</summary>
internal sealed class Commands : DbCommandInterceptor
{
    // The conditions of actions that are to run once and have not run yet.
    private readonly HashSet<string> _waiting = [];

    public Func<DbCommand, Task>? Before { get; set; }

    /// <summary>Gets or sets an action that runs when all rows of a query have been read.</summary>
    public Func<DbCommand, Task>? After { get; set; }

    /// <summary>Records the texts of all following commands.</summary>
    public List<string> Listen()
    {
        List<string> texts = [];
        Before = command =>
        {
            texts.Add(command.CommandText);
            return Task.CompletedTask;
        };
        return texts;
    }

    /// <summary>Runs an action before the first command that matches the condition, and not again.</summary>
    public void OnceBefore(
        Predicate<DbCommand> holds,
        Func<Task> happen,
        [CallerArgumentExpression(nameof(holds))] string condition = ""
    )
    {
        _waiting.Add(condition);
        Before = async command =>
        {
            if (holds(command))
            {
                Before = null;
                _waiting.Remove(condition);
                await happen();
            }
        };
    }

    /// <summary>Runs an action when all rows of the first matching command have been read, and not again.</summary>
    public void OnceAfter(
        Predicate<DbCommand> holds,
        Func<Task> happen,
        [CallerArgumentExpression(nameof(holds))] string condition = ""
    )
    {
        _waiting.Add(condition);
        After = async command =>
        {
            if (holds(command))
            {
                After = null;
                _waiting.Remove(condition);
                await happen();
            }
        };
    }

    /// <summary>
    /// Starts a write of another server in the same moment. With SQLite, it waits until the one that has read has written.
    /// </summary>
    /// <returns>The write.</returns>
    public Task StartOnceAfter(
        Predicate<DbCommand> holds,
        Func<Task> write,
        [CallerArgumentExpression(nameof(holds))] string condition = ""
    )
    {
        var start = new Task<Task>(write);
        var written = start.Unwrap();
        OnceAfter(
            holds,
            () =>
            {
                start.Start(TaskScheduler.Default);
                return TestDatabase.Provider == DatabaseProvider.Sqlite ? Task.CompletedTask : written;
            },
            condition
        );
        return written;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        await (Before?.Invoke(command) ?? Task.CompletedTask);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        await (Before?.Invoke(command) ?? Task.CompletedTask);
        return result;
    }

    public override async ValueTask<InterceptionResult> DataReaderClosingAsync(
        DbCommand command,
        DataReaderClosingEventData eventData,
        InterceptionResult result
    )
    {
        await (After?.Invoke(command) ?? Task.CompletedTask);
        return result;
    }

    /// <summary>Checks that all actions that were to run once have run, because a test whose race never happens cannot fail.</summary>
    /// <exception cref="InvalidOperationException">One has not.</exception>
    public void EnsureNoneWaits()
    {
        if (_waiting.Count > 0)
        {
            throw new InvalidOperationException($"No command has matched: {string.Join("; ", _waiting)}");
        }
    }

    /// <summary>Returns whether the command mentions the table or column, in the quotes of either database.</summary>
    public static bool Names(DbCommand command, string name) => Has(command, $"[{name}]");

    /// <summary>Returns whether the command adds rows to the table.</summary>
    public static bool Inserts(DbCommand command, string table) => Has(command, $"INSERT INTO [{table}]");

    /// <summary>Returns whether the command changes rows of the table.</summary>
    public static bool Updates(DbCommand command, string table) =>
        Has(command, $"UPDATE [{table}]")
        // Set-based, on SQL Server.
        || (Has(command, "UPDATE [") && Has(command, $"FROM [{table}]"));

    /// <summary>Returns whether the command has the text, whose names are in brackets here; SQLite quotes them as standard SQL does.</summary>
    public static bool Has(DbCommand command, string text) =>
        command.CommandText.Contains(text, StringComparison.Ordinal)
        || command.CommandText.Contains(text.Replace('[', '"').Replace(']', '"'), StringComparison.Ordinal);

    /// <summary>Returns SQLite's query plan of the command.</summary>
    public static async Task<List<string>> ExplainAsync(DbCommand command)
    {
        await using var explain = Copy(command, "EXPLAIN QUERY PLAN ");
        List<string> plan = [];
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return plan;
    }

    /// <summary>Creates a copy of the command.</summary>
    public static DbCommand Copy(DbCommand command, string prefix = "")
    {
        var copy = command.Connection!.CreateCommand();
        (copy.CommandText, copy.Transaction) = (prefix + command.CommandText, command.Transaction);
        foreach (DbParameter parameter in command.Parameters)
        {
            var value = copy.CreateParameter();
            (value.ParameterName, value.Value) = (parameter.ParameterName, parameter.Value);
            copy.Parameters.Add(value);
        }

        return copy;
    }
}
