using System.Data;
using System.Data.Common;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>The errors that SQL Server can return, with the services as the server configures them.</summary>
public sealed class SqlServerFaultsTests
{
    private const int Deadlock = 1205;

    [TestCase(Deadlock, 13)]
    [TestCase(40613, 17, TestName = "{m}(Azure SQL moves the database)")]
    [TestCase(40501, 20, TestName = "{m}(Azure SQL is busy)")]
    public async Task Transient_errors_are_retried(int number, byte severity)
    {
        var script = new Script(SqlExceptions.New(number, severity));
        await using var services = Start(script);
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        Assert.That(await context.Roles.AnyAsync(), Is.True);
        Assert.That(script.Commands, Is.EqualTo(2));
    }

    [TestCase(208, TestName = "{m}(a missing table)")]
    [TestCase(2601, TestName = "{m}(a duplicate value)")]
    [TestCase(-2, TestName = "{m}(a timeout, which would only make a slow server slower)")]
    public async Task Permanent_errors_are_not_retried(int number)
    {
        var script = new Script(SqlExceptions.New(number, 16));
        await using var services = Start(script);
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        Assert.That(() => context.Roles.AnyAsync(), Throws.InstanceOf<DbException>());
        Assert.That(script.Commands, Is.EqualTo(1));
    }

    [Test]
    public async Task Retries_end_within_a_time_that_a_caller_can_wait()
    {
        await using var services = Start(new Script());
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var strategy = (ExecutionStrategy)context.Database.CreateExecutionStrategy();

        Assert.That(strategy.RetriesOnFailure, Is.True);
        Assert.That(Setting<int>(strategy, "MaxRetryCount"), Is.EqualTo(3));
        Assert.That(Setting<TimeSpan>(strategy, "MaxRetryDelay"), Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [TestCase(2601, true, false)]
    [TestCase(2627, true, false)]
    [TestCase(547, false, true)]
    [TestCase(Deadlock, false, false)]
    public async Task Constraint_violations_are_recognized(int number, bool isUnique, bool isOwner)
    {
        await using var services = Start(new Script());
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var exception = SqlExceptions.New(number);

        Assert.That(context.IsUniqueViolation(exception), Is.EqualTo(isUnique));
        Assert.That(context.IsMissingOwner(exception), Is.EqualTo(isOwner));
    }

    [TestCase(Deadlock, 13, true)]
    [TestCase(1222, 16, true)]
    [TestCase(-2, 11, true)]
    [TestCase(4060, 11, true)]
    [TestCase(18456, 14, true)]
    [TestCase(40613, 17, true)]
    [TestCase(1105, 17, true, TestName = "{m}(the disk is full)")]
    [TestCase(3906, 16, true, TestName = "{m}(the database is read-only)")]
    [TestCase(10928, 16, true, TestName = "{m}(Azure SQL has no worker left)")]
    [TestCase(208, 16, false)]
    [TestCase(2601, 14, false)]
    public void Outages_are_distinguished_from_bugs(int number, byte severity, bool isOutage) =>
        Assert.That(new DatabaseOutages().IsOutage(SqlExceptions.New(number, severity)), Is.EqualTo(isOutage));

    /// <summary>SqlClient reports this with an exception type that it also uses for bugs.</summary>
    [Test]
    public async Task An_exhausted_connection_pool_is_an_outage_and_is_not_retried()
    {
        using var server = new ScriptedSqlServer(_ => null);
        await using var services = new ServiceCollection()
            .AddSqlServer($"{server.ConnectionStringTo("Fitnessify")};Max Pool Size=1;Connect Timeout=1")
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await using var other = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.OpenConnectionAsync();
        var waiting = other.ServiceProvider.GetRequiredService<AppDbContext>().Database;

        var failure = Assert.ThrowsAsync<PoolExhaustedException>(() => waiting.OpenConnectionAsync());

        Assert.That(waiting.OpenConnection, Throws.TypeOf<PoolExhaustedException>());
        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);
        Assert.That(failure, Is.Not.InstanceOf<TimeoutException>(), "that would be tried again");
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    private static T Setting<T>(ExecutionStrategy strategy, string name) =>
        (T)
            typeof(ExecutionStrategy)
                .GetProperty(
                    name,
                    System.Reflection.BindingFlags.Instance
                        | System.Reflection.BindingFlags.NonPublic
                        | System.Reflection.BindingFlags.Public
                )!
                .GetValue(strategy)!;

    // This replaces the registered interceptors, so no connection is ever opened.
    private static ServiceProvider Start(Script script) =>
        new ServiceCollection()
            .ConfigureDbContext<SqlServerDbContext>(context => context.AddInterceptors(script))
            .AddSqlServer("Server=nowhere")
            .BuildServiceProvider();

    /// <summary>Fails with these errors and then succeeds.</summary>
    private sealed class Script(params IReadOnlyList<DbException> failures)
        : DbCommandInterceptor,
            IDbConnectionInterceptor
    {
        public int Commands { get; private set; }

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(InterceptionResult.Suppress());

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (Commands++ < failures.Count)
            {
                throw failures[Commands - 1];
            }

            using var table = new DataTable();
            table.Columns.Add("Value", typeof(bool));
            table.Rows.Add(true);
            return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(table.CreateDataReader()));
        }
    }
}
