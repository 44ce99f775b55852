using Fitnessify.Application.Auth;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>
/// These databases are from released versions: each was filled through the API of that version and exported with
/// <c>sqlite3 fitnessify.db .dump</c>. docs/maintaining.md describes how to create one.
/// </summary>
public sealed class ReleasedDatabaseTests
{
    private const string Username = "ann";
    private const string Password = "Violet-Kettle-93-Umbrella";

    public static IEnumerable<string> Versions =>
        Directory
            .EnumerateFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Persistence", "Released"), "*.sql")
            .Select(file => Path.GetFileNameWithoutExtension(file));

    [Test]
    public void Released_databases_exist() => Assert.That(Versions, Is.Not.Empty);

    [TestCaseSource(nameof(Versions))]
    public async Task An_upgraded_database_works_with_all_of_its_data(string version)
    {
        await using var database = TestDatabase.EmptySqlite();
        await RestoreAsync(database, version);
        await using var server = database.Start();
        // The clock is later than anything in the database.
        server.Clock.Advance(TimeSpan.FromDays(1));

        await server.Services.MigrateDatabaseAsync();

        Assert.That(
            await server.UseAsync((AppDbContext context) => context.Database.GetPendingMigrationsAsync()),
            Is.Empty
        );
        Assert.That(await AskAsync(database, "PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(await AskAsync(database, "PRAGMA foreign_key_check"), Is.Null);
        var signedIn = await server.SendAsync(new LoginUserCommand(Username, Password, "Phone"));
        Assert.That(signedIn.Error, Is.Null);
        var ann = await server.UseAsync((AppDbContext context) => context.Accounts.SingleAsync());
        server.Caller.Session = await server.SignInAsync(ann.Id);
        var tasks = (await server.SendAsync(new ListTasksQuery([], [], [], null, null, null, null, null, 100, null)))
            .Value!
            .Items;
        Assert.That(
            tasks.Select(task => (task.Title, task.Status, string.Join(' ', task.Labels))),
            Is.EquivalentTo([
                ("Run", TaskItemStatus.InProgress, "sport"),
                ("Überfällig", TaskItemStatus.Todo, ""),
                ("Stretch", TaskItemStatus.Done, ""),
                ("Stretch", TaskItemStatus.Todo, ""),
            ])
        );
        Assert.That(
            (await server.CreateAsync(new TaskInput("Swim"))).Version,
            Is.GreaterThan(tasks.Max(task => task.Version))
        );
    }

    private static async Task RestoreAsync(TestDatabase database, string version)
    {
        Directory.CreateDirectory(Path.Combine(database.Folder, "data"));
        var script = Path.Combine(
            TestContext.CurrentContext.TestDirectory,
            "Persistence",
            "Released",
            $"{version}.sql"
        );
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(script);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> AskAsync(TestDatabase database, string pragma)
    {
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return await command.ExecuteScalarAsync();
    }
}
