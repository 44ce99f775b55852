using Fitnessify.Infrastructure.Maintenance;

namespace Fitnessify.Testing;

/// <summary>An empty SQLite database with the schema of this build: migrated once a run, and copied for each database of a test.</summary>
internal static class SqliteTemplate
{
    private static string? _file;

    /// <summary>Makes it; before any test of the run begins.</summary>
    public static async Task PrepareAsync()
    {
        var database = TestDatabase.EmptySqlite();
        await using (var instance = database.Start())
        {
            await instance.Services.MigrateDatabaseAsync();
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(database.Folder, recursive: true);
        _file = database.File;
    }

    /// <summary>Puts a copy there, and makes the folder.</summary>
    public static void CopyTo(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(_file ?? throw new InvalidOperationException("The run has to prepare it."), file);
    }
}
