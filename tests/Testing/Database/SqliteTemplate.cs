using Fitnessify.Infrastructure;

namespace Fitnessify.Testing;

/// <summary>An empty SQLite database with the schema of this build: migrated once a run, and copied for each database of a test.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<string>> File = new(CreateAsync);

    /// <summary>Puts a copy there, and makes the folder.</summary>
    public static async Task CopyToAsync(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.Copy(await File.Value, file);
    }

    private static async Task<string> CreateAsync()
    {
        var database = TestDatabase.EmptySqlite();
        await using (var instance = database.Start())
        {
            await instance.Services.MigrateDatabaseAsync();
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(database.Folder, recursive: true);
        return database.File;
    }
}
