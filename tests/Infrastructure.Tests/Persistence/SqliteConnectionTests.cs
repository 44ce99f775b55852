using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqliteConnectionTests
{
    [TestCase("journal_mode", "Full", "wal")]
    [TestCase("foreign_keys", "Full", "1")]
    [TestCase("synchronous", "Full", "2")]
    [TestCase("synchronous", "Normal", "1")]
    [TestCase("busy_timeout", "Full", "10000")]
    // FAST overwrites deleted content wherever its page is written anyway.
    [TestCase("secure_delete", "Full", "2")]
    public async Task A_connection_has_the_pragma_value(string pragma, string synchronous, string expected)
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start(("Database:SqliteSynchronous", synchronous));
        await server.Services.MigrateDatabaseAsync();

        var value = await server.UseAsync(
            async (AppDbContext context) =>
            {
                await context.Database.OpenConnectionAsync();
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"PRAGMA {pragma}";
                return await command.ExecuteScalarAsync();
            }
        );

        Assert.That($"{value}", Is.EqualTo(expected));
    }

    [Test]
    public async Task A_relative_path_is_under_the_content_root_and_its_folder_is_created()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start(("ConnectionStrings:Fitnessify", "Data Source=some/where/else.db"));
        await server.Services.MigrateDatabaseAsync();

        Assert.That(Path.Combine(database.Folder, "some", "where", "else.db"), Does.Exist);
        await server.UseAsync((AppDbContext context) => context.Database.EnsureDeletedAsync());
    }

    [Test]
    public void The_SQLite_version_can_wait_in_milliseconds()
    {
        using var connection = new SqliteConnection();

        Assert.That(Version.Parse(connection.ServerVersion), Is.GreaterThanOrEqualTo(new Version(3, 53)));
    }
}
