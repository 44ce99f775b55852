using System.Diagnostics;

namespace Fitnessify.Clients.Tests;

/// <summary>Databases on the SQL Server of the tests; a separate program creates them.</summary>
internal static class TestDatabases
{
    /// <summary>Returns the settings of a server with a new database, or null for SQLite.</summary>
    public static async Task<Dictionary<string, string>?> NewAsync() =>
        string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("FITNESSIFY_TEST_SQLSERVER"))
            ? null
            : (await RunAsync("new", []))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Drops the database, unless it is a file.</summary>
    public static async Task DropAsync(Dictionary<string, string> settings)
    {
        if (settings.ContainsKey("Database__Provider"))
        {
            await RunAsync("drop", settings);
        }
    }

    private static async Task<string> RunAsync(string command, Dictionary<string, string> settings)
    {
        var start = Programs.Start(Path.Combine("tools", "Databases"), "Fitnessify.Databases", command);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await errors);
    }
}
