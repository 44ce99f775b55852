using Fitnessify.Application.Admin;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.WebApi.Http.OpenApi;
using MediatR;

namespace Fitnessify.WebApi.Cli;

/// <summary>The program serves, or does one thing and exits; each command returns the exit code.</summary>
internal static class Commands
{
    /// <exception cref="SettingsException">The database cannot be opened, or the configured admin cannot be created.</exception>
    public static async Task<int> ServeAsync(WebApplication app)
    {
        await OpenDatabaseAsync(app.Services.InitializeDatabaseAsync);
        await SeedAdminAsync(app);
        await app.RunAsync();
        return 0;
    }

    public static async Task<int> MigrateAsync(WebApplication app)
    {
        await OpenDatabaseAsync(app.Services.MigrateDatabaseAsync);
        return 0;
    }

    public static async Task<int> GrantRoleAsync(WebApplication app, string username, string role)
    {
        await OpenDatabaseAsync(app.Services.InitializeDatabaseAsync);
        var granted = await SendAsync(app, new GrantRoleCommand(username, role));
        if (granted.IsSuccess)
        {
            await Console.Out.WriteLineAsync($"{username} has the role {role}.");
            return 0;
        }

        await Console.Error.WriteLineAsync(
            granted.Error.Kind == ErrorKind.NotFound ? $"There is no user {username}." : Describe(granted.Error)
        );
        return 1;
    }

    public static async Task<int> SeedDemoAsync(WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            await Console.Error.WriteLineAsync(
                $"seed-demo works in Development only, because its password is public; this is {app.Environment.EnvironmentName}."
            );
            return 1;
        }

        await OpenDatabaseAsync(app.Services.InitializeDatabaseAsync);
        var seeded = await SendAsync(app, new SeedDemoCommand());
        if (!seeded.IsSuccess)
        {
            await Console.Error.WriteLineAsync(Describe(seeded.Error));
            return 1;
        }

        var names = string.Join(" and ", seeded.Value.Usernames);
        await Console.Out.WriteLineAsync(
            seeded.Value.AreNew
                ? $"Sign in as {names} with the password: {seeded.Value.Password}"
                : $"Already there: {names}. Nothing has changed."
        );
        return 0;
    }

    public static async Task<int> WriteDocumentAsync(WebApplication app, string file)
    {
        try
        {
            await ApiDocument.WriteAsync(app, file);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <exception cref="SettingsException">The configured admin cannot be created.</exception>
    private static async Task SeedAdminAsync(WebApplication app)
    {
        var seeded = await SendAsync(app, new SeedAdminCommand());
        if (seeded.Error is { } error)
        {
            var name =
                error.Fields?[0].Path[0]
                ?? (
                    error.Code == AccountErrors.EmailTaken.Code ? "email"
                    : error.Code == AccountErrors.PasswordRejected.Code ? "password"
                    : "username"
                );
            throw new SettingsException($"Seed:Admin:{char.ToUpperInvariant(name[0])}{name[1..]}", Describe(error));
        }
    }

    private static async Task OpenDatabaseAsync(Func<Task> open)
    {
        try
        {
            await open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder of the database file cannot be created or used.
            throw StartFailures.ForDatabase(exception);
        }
    }

    private static async Task<TResult> SendAsync<TResult>(WebApplication app, IRequest<TResult> command)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }

    // The message repeats none of the arguments, because they may hold secrets.
    private static string Describe(Error error) =>
        error.Fields is [var field, ..] ? field.Detail
        : error.Details?.Values.FirstOrDefault() is IEnumerable<string> reasons
            ? $"{error.Message} Reasons: {string.Join(", ", reasons)}."
        : error.Message;
}
