using Fitnessify.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>The server starts where SQL Server has no such database yet.</summary>
public sealed class SqlServerFirstStartTests
{
    private const string Database = "Fitnessify";

    private static readonly SqlRefusal Missing = new(4060, $"Cannot open database \"{Database}\".");
    private static readonly SqlRefusal Exists = new(1801, $"Database '{Database}' already exists.");
    private static readonly SqlRefusal Busy = new(1807, "Could not obtain exclusive lock on database 'model'.");
    private static readonly SqlRefusal Denied = new(262, "CREATE DATABASE permission denied in database 'master'.");

    [Test]
    public async Task A_database_that_another_instance_creates_concurrently_is_no_failure()
    {
        var isThere = false;
        using var server = new ScriptedSqlServer(request =>
            request == $"login {Database}" && !isThere ? Missing
            : IsCreation(request) ? Other()
            : null
        );
        await using var services = Start(server);

        await AcquireAsync(services);

        Assert.That(server.Requests.Count(IsCreation), Is.EqualTo(1));

        SqlRefusal Other()
        {
            isThere = true;
            return Exists;
        }
    }

    [Test]
    public async Task Creation_is_retried_while_the_template_database_is_in_use()
    {
        var (attempts, isThere) = (0, false);
        using var server = new ScriptedSqlServer(request =>
        {
            if (IsCreation(request))
            {
                isThere = ++attempts == 3;
                return isThere ? null : Busy;
            }

            return request == $"login {Database}" && !isThere ? Missing : null;
        });
        await using var services = Start(server);

        await AcquireAsync(services);

        Assert.That(attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task A_refused_creation_is_reported_at_once()
    {
        using var server = new ScriptedSqlServer(request =>
            IsCreation(request) ? Denied
            : request == $"login {Database}" ? Missing
            : null
        );
        await using var services = Start(server);

        var refused = Assert.ThrowsAsync<SqlException>(() => AcquireAsync(services));

        Assert.That(refused!.Number, Is.EqualTo(Denied.Number));
        Assert.That(server.Requests.Count(IsCreation), Is.EqualTo(1));
    }

    /// <summary>SqlClient itself would sign in again ten seconds later.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task The_existence_of_the_database_is_checked_once(bool isAsync)
    {
        using var server = new ScriptedSqlServer(_ => Missing);
        await using var services = Start(server);
        await using var scope = services.CreateAsyncScope();
        var creator = scope.ServiceProvider.GetRequiredService<AppDbContext>().GetService<IRelationalDatabaseCreator>();

        Assert.That(isAsync ? await creator.ExistsAsync() : creator.Exists(), Is.False);

        Assert.That(server.Requests, Is.EqualTo([$"login {Database}"]));
    }

    private static bool IsCreation(string request) =>
        request.StartsWith($"CREATE DATABASE [{Database}]", StringComparison.Ordinal);

    private static async Task AcquireAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await using var held = await scope.ServiceProvider.GetRequiredService<IMigrationLock>().AcquireAsync(default);
    }

    private static ServiceProvider Start(ScriptedSqlServer server) =>
        new ServiceCollection().AddSqlServer(server.ConnectionStringTo(Database)).BuildServiceProvider();
}
