using System.Runtime.InteropServices;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqliteConnectionTests
{
    [TestCase("journal_mode", "Full", "wal")]
    [TestCase("foreign_keys", "Full", "1")]
    [TestCase("synchronous", "Full", "2")]
    [TestCase("synchronous", "Normal", "1")]
    [TestCase("busy_timeout", "Full", "10000")]
    public async Task A_connection_runs_under(string pragma, string synchronous, string expected)
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
    public async Task A_relative_path_lies_under_the_content_root_and_its_folder_is_created()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start(("ConnectionStrings:Fitnessify", "Data Source=some/where/else.db"));
        await server.Services.MigrateDatabaseAsync();

        Assert.That(Path.Combine(database.Folder, "some", "where", "else.db"), Does.Exist);
        await server.UseAsync((AppDbContext context) => context.Database.EnsureDeletedAsync());
    }

    [Test]
    public void The_library_of_the_system_goes_before_the_bundled_one()
    {
        var library =
            OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib"
            : OperatingSystem.IsWindows() ? "winsqlite3.dll"
            : "libsqlite3.so.0";
        var expected = NativeLibrary.TryLoad(library, out _) ? library : "bundled";

        Assert.That(SqliteNative.Description, Does.Match($@"^{expected} 3\.\d+\.\d+$"));
    }
}
