using Fitnessify.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>A start where SQL Server has no such database yet, as the server is configured for it.</summary>
public sealed class SqlServerFirstStartTests
{
    private const string Database = "Fitnessify";

    private static readonly SqlRefusal Missing = new(4060, $"Cannot open database \"{Database}\".");
    private static readonly SqlRefusal Exists = new(1801, $"Database '{Database}' already exists.");
    private static readonly SqlRefusal Busy = new(1807, "Could not obtain exclusive lock on database 'model'.");
    private static readonly SqlRefusal Denied = new(262, "CREATE DATABASE permission denied in database 'master'.");

    [Test]
    public async Task That_another_makes_the_database_at_the_same_moment_is_no_failure()
    {
        var isThere = false;
        using var server = new ScriptedSqlServer(asked =>
            asked == $"login {Database}" && !isThere ? Missing
            : IsCreation(asked) ? Other()
            : null
        );
        await using var services = Start(server);

        await AcquireAsync(services);

        Assert.That(server.Asked.Count(IsCreation), Is.EqualTo(1));

        SqlRefusal Other()
        {
            isThere = true;
            return Exists;
        }
    }

    [Test]
    public async Task That_the_template_is_in_use_passes()
    {
        var (attempts, isThere) = (0, false);
        using var server = new ScriptedSqlServer(asked =>
        {
            if (IsCreation(asked))
            {
                isThere = ++attempts == 3;
                return isThere ? null : Busy;
            }

            return asked == $"login {Database}" && !isThere ? Missing : null;
        });
        await using var services = Start(server);

        await AcquireAsync(services);

        Assert.That(attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task That_it_may_not_be_made_is_told_at_once()
    {
        using var server = new ScriptedSqlServer(asked =>
            IsCreation(asked) ? Denied
            : asked == $"login {Database}" ? Missing
            : null
        );
        await using var services = Start(server);

        var refused = Assert.ThrowsAsync<SqlException>(() => AcquireAsync(services));

        Assert.That(refused!.Number, Is.EqualTo(Denied.Number));
        Assert.That(server.Asked.Count(IsCreation), Is.EqualTo(1));
    }

    /// <summary>SqlClient itself would sign in again, ten seconds later.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Whether_there_is_one_is_asked_once(bool isAsync)
    {
        using var server = new ScriptedSqlServer(_ => Missing);
        await using var services = Start(server);
        await using var scope = services.CreateAsyncScope();
        var creator = scope.ServiceProvider.GetRequiredService<AppDbContext>().GetService<IRelationalDatabaseCreator>();

        Assert.That(isAsync ? await creator.ExistsAsync() : creator.Exists(), Is.False);

        Assert.That(server.Asked, Is.EqualTo([$"login {Database}"]));
    }

    private static bool IsCreation(string asked) =>
        asked.StartsWith($"CREATE DATABASE [{Database}]", StringComparison.Ordinal);

    private static async Task AcquireAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await using var held = await scope.ServiceProvider.GetRequiredService<IMigrationLock>().AcquireAsync(default);
    }

    private static ServiceProvider Start(ScriptedSqlServer server) =>
        new ServiceCollection().AddSqlServer(server.ConnectionStringTo(Database)).BuildServiceProvider();
}
