using System.Data.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.WebApi.Cli;

/// <summary>
/// These commands back up, restore and copy the whole database, and send a test mail; each returns the exit code.
/// </summary>
internal static class MaintenanceCommands
{
    /// <summary>
    /// The variable may hold the connection string of the target, which often contains a password and must not be an
    /// argument.
    /// </summary>
    public const string TargetVariable = "FITNESSIFY_TARGET";

    private const string RenewedMessage =
        "All sessions have ended, mailed links are void, mails that waited are dropped, and devices fetch everything anew.";

    /// <summary>The file must not exist yet.</summary>
    public static async Task<int> BackUpAsync(WebApplication app, string file)
    {
        var written = await app.Services.BackUpDatabaseAsync(file);
        return written.IsSuccess
            ? await SucceedAsync($"{file}: {written.Value} bytes, whole and sound.")
            : await FailAsync(written.Error);
    }

    public static async Task<int> RestoreAsync(WebApplication app, string file)
    {
        var restored = await app.Services.RestoreDatabaseAsync(file);
        var kept = restored.Value?.Former is { } former ? $" The former database is {former}." : "";
        return restored.IsSuccess
            ? await SucceedAsync($"{file} is restored. {RenewedMessage}{kept}")
            : await FailAsync(restored.Error);
    }

    /// <summary>
    /// This runs the steps that follow a restore when the operator has restored the database by other means.
    /// </summary>
    public static async Task<int> RenewAsync(WebApplication app)
    {
        await app.Services.MigrateDatabaseAsync();
        await app.Services.RenewRestoredDatabaseAsync();
        return await SucceedAsync(RenewedMessage);
    }

    /// <summary>The mail bypasses the outbox, so that the operator sees the error of the mail server.</summary>
    public static async Task<int> SendTestMailAsync(WebApplication app, string address)
    {
        var sent = await app.Services.SendTestMailAsync(address);
        return sent.IsSuccess
            ? await SucceedAsync($"{address} has a mail in {sent.Value}.")
            : await FailAsync(sent.Error);
    }

    /// <summary>
    /// The target is a file that holds the connection string, or the string itself if it has no password; null reads the
    /// environment variable.
    /// </summary>
    public static async Task<int> CopyAsync(WebApplication app, string provider, string? target)
    {
        if (!Enum.GetNames<DatabaseProvider>().Contains(provider))
        {
            return await FailAsync($"'{provider}' is no provider; use Sqlite or SqlServer.");
        }

        var connectionString = ReadConnectionString(target);
        if (!connectionString.IsSuccess)
        {
            return await FailAsync(connectionString.Error);
        }

        var copied = await app.Services.CopyDatabaseAsync(
            Enum.Parse<DatabaseProvider>(provider),
            connectionString.Value,
            Console.WriteLine
        );
        if (!copied.IsSuccess)
        {
            return await FailAsync(copied.Error);
        }

        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, copied.Value.Lines));
        return copied.Value.IsComplete
            ? await SucceedAsync("All is copied.")
            : await FailAsync("The databases differ. Stop all servers, empty the target, and begin again.");
    }

    private static Result<string> ReadConnectionString(string? target)
    {
        if (target is null)
        {
            return Environment.GetEnvironmentVariable(TargetVariable) is { Length: > 0 } text
                ? text
                : CommandErrors.Refused(
                    $"Where to? Name a file with the connection string, or set the variable {TargetVariable}."
                );
        }

        if (target.Contains('=', StringComparison.Ordinal))
        {
            return MayHoldPassword(target)
                ? CommandErrors.Refused(
                    "The command line can be read by others on this machine, and stays in the history of the shell. Give a "
                        + $"connection string with a password in a file, or in the variable {TargetVariable}."
                )
                : target;
        }

        try
        {
            return File.ReadAllText(target).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CommandErrors.Refused($"{target} cannot be read; name a file that holds the connection string.");
        }
    }

    private static bool MayHoldPassword(string connectionString)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.ContainsKey("Password") || parts.ContainsKey("Pwd");
        }
        catch (ArgumentException)
        {
            // The text is not repeated because it may hold a password.
            return true;
        }
    }

    private static Task<int> FailAsync(Error error) => FailAsync(error.Message);

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }

    private static async Task<int> SucceedAsync(string message)
    {
        await Console.Out.WriteLineAsync(message);
        return 0;
    }
}
