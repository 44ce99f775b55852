using System.Diagnostics.Metrics;
using Fitnessify.Application.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Fitnessify.Infrastructure.Tests.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Telemetry;

// Measurements are global to the process.
[NonParallelizable]
public sealed class DatabaseInstrumentationTests : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.EmptySqlite();
    private readonly MeterListener _listener = new();
    private readonly List<string> _measured = [];
    private Instance _instance = null!;

    [SetUp]
    public async Task MigrateAsync()
    {
        _instance = _database.Start(("Telemetry:OtlpEndpoint", "http://127.0.0.1:1"));
        await _instance.Services.MigrateDatabaseAsync();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServerMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(
            (_, _, tags, _) => _measured.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)))
        );
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _instance.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_group_of_writes_is_measured_as_one_transaction()
    {
        await _instance.UseAsync(
            (AppDbContext context) =>
                context.WriteAsync(
                    async () =>
                    {
                        await AddAsync(context, "A");
                        await AddAsync(context, "B");
                        return true;
                    },
                    default
                )
        );
        Assert.That(_measured, Is.EqualTo(["sqlite BEGIN", "sqlite INSERT", "sqlite INSERT", "sqlite COMMIT"]));
    }

    [Test]
    public async Task A_unique_violation_is_not_measured_as_a_failure()
    {
        await _instance.UseAsync((AppDbContext context) => AddAsync(context, "A"));
        await _instance.UseAsync(
            (AppDbContext context) =>
            {
                Assert.That(() => AddAsync(context, "A"), Throws.TypeOf<DbUpdateException>());
                return Task.CompletedTask;
            }
        );
        Assert.That(
            _measured,
            Is.EqualTo(["sqlite BEGIN", "sqlite INSERT", "sqlite COMMIT", "sqlite BEGIN", "sqlite INSERT"])
        );
    }

    [Test]
    public async Task A_scalar_command_for_a_counter_is_measured()
    {
        await _instance.UseAsync(
            (AppDbContext context) =>
            {
                Assert.That(
                    () =>
                        context.WriteAsync(
                            () =>
                                new VersionStep(context, new TaskOptions()).RaiseAsync(
                                    Guid.NewGuid(),
                                    by: 1,
                                    added: 0,
                                    room: 0,
                                    default
                                ),
                            default
                        ),
                    Throws.TypeOf<DbUpdateConcurrencyException>()
                );
                return Task.CompletedTask;
            }
        );
        Assert.That(_measured, Is.EqualTo(["sqlite BEGIN", "sqlite UPDATE", "sqlite COMMIT"]));
    }

    [Test]
    public async Task A_failed_command_is_measured_as_a_failure()
    {
        await _instance.UseAsync(
            (AppDbContext context) =>
            {
                Assert.That(() => context.Database.ExecuteSqlRawAsync("SELECT missing"), Throws.Exception);
                return Task.CompletedTask;
            }
        );
        Assert.That(_measured, Is.EqualTo(["sqlite SELECT 1"]));
    }

    [Test]
    public async Task An_unreachable_SQL_Server_is_measured_as_a_failure()
    {
        using var server = new ScriptedSqlServer(_ => new SqlRefusal(18456, "Login failed."));
        await using var services = new ServiceCollection()
            .AddSingleton<IDatabaseObserver>(_instance.Get<DatabaseInstrumentation>())
            .AddSqlServer(server.ConnectionStringTo("Fitnessify"))
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;

        Assert.That(() => database.OpenConnectionAsync(), Throws.TypeOf<SqlException>());

        Assert.That(_measured, Is.EqualTo(["microsoft.sql_server OPEN 18456"]));
    }

    [TestCase("SELECT 1", "SELECT")]
    [TestCase("SET NOCOUNT ON;\nINSERT INTO x VALUES (1);", "INSERT")]
    [TestCase("with x as (select 1) select * from x", "WITH")]
    [TestCase("PRAGMA journal_mode", "OTHER")]
    public void A_statement_is_named_after_its_operation(string text, string operation) =>
        Assert.That(DatabaseInstrumentation.OperationOf(text), Is.EqualTo(operation));

    private static async Task AddAsync(AppDbContext context, string name)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Roles.Add(new IdentityRole<Guid>(name) { Id = Guid.NewGuid(), NormalizedName = name });
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
