using Fitnessify.Infrastructure;
using Fitnessify.WebApi.Http.OpenApi;

namespace Fitnessify.WebApi;

/// <summary>What the program can be told to do instead of serving: the first argument, when it is a word.</summary>
internal static class Commands
{
    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        switch (args)
        {
            case [] or [['-' or '/', ..], ..]:
                await app.Services.InitializeDatabaseAsync();
                await app.RunAsync();
                return 0;
            case ["migrate", ..]:
                await app.Services.MigrateDatabaseAsync();
                return 0;
            case ["openapi", var file, ..]:
                await ApiDocument.WriteAsync(app, file);
                return 0;
            default:
                await Console.Error.WriteLineAsync("Unknown command. Use: migrate | openapi <file>");
                return 1;
        }
    }
}
