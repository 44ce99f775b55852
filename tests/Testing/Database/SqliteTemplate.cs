using Fitnessify.Infrastructure.Maintenance;

namespace Fitnessify.Testing;

/// <summary>An empty SQLite database with the current schema: it is migrated once per run and copied for each database of a test.</summary>
internal static class SqliteTemplate
{
    private static string? _file;

    /// <summary>Creates the template before any test of the run starts.</summary>
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

    /// <summary>Copies the template to this path and creates its folder.</summary>
    public static void CopyTo(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(_file ?? throw new InvalidOperationException("The run has to prepare it."), file);
    }
}
