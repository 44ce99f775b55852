using System.Data;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>READ_COMMITTED_SNAPSHOT is set only by whoever creates the database.</summary>
public sealed class SqlServerReadsTests
{
    /// <summary>This test runs with any database of the run.</summary>
    [Test]
    public async Task A_read_does_not_wait_for_an_open_write_transaction()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        var user = await server.SignUpAsync();
        await using var scope = server.Services.CreateAsyncScope();
        var writing = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        var read = await writing.WriteAsync(
            () =>
                writing.InTransactionAsync(
                    async () =>
                    {
                        await writing
                            .Accounts.Where(row => row.Id == user.Id)
                            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Username, "changed"));
                        return await new Records(server).UserAsync(user.Id).WaitAsync(TimeSpan.FromSeconds(10));
                    },
                    default
                ),
            default
        );

        Assert.That(read?.Username, Is.EqualTo(user.Username));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_startup_warns_when_reads_wait_for_writes_and_shows_the_statement_that_changes_it(bool waits)
    {
        List<string> migrations = [];
        var server = new SqlServerRecorder(Answer);
        await using var services = new ServiceCollection()
            .ConfigureDbContext<SqlServerDbContext>(context => context.AddInterceptors(server))
            .AddSqlServer("Server=nowhere")
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        migrations.AddRange(context.Database.GetMigrations());
        var log = new LogLines<DatabaseInitializer>();

        await new DatabaseInitializer(
            context,
            new SqlServerMigrationLock(context),
            new DatabaseOptions { Provider = DatabaseProvider.SqlServer },
            Mock.Of<IHostEnvironment>(host => host.EnvironmentName == Environments.Production),
            log
        ).InitializeAsync(default);

        Assert.That(
            log.Lines,
            Is.EqualTo(
                waits
                    ? new[]
                    {
                        "Warning: Reads wait for writes in this database. Stop all servers, and run as an administrator: "
                            + "ALTER DATABASE [Fit]]nessify] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;",
                    }
                    : []
            )
        );

        // The database is up to date.
        void Answer(string command, DataTable answer)
        {
            answer.Columns.Add("Name", typeof(string));
            var asksForReads = command.Contains("is_read_committed_snapshot_on = 0", StringComparison.Ordinal);
            List<string> waiting = waits ? ["[Fit]]nessify]"] : [];
            (asksForReads ? waiting : migrations).ForEach(name => answer.Rows.Add(name));
        }
    }
}
