using Fitnessify.Application.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure;
using Fitnessify.WebApi.Http.OpenApi;
using MediatR;

namespace Fitnessify.WebApi;

/// <summary>What the program can be told to do instead of serving: the first argument, when it is a word.</summary>
internal static class Commands
{
    /// <summary>What is left for the settings. Of an absolute path they would make a key, and take the next argument for its value.</summary>
    public static string[] SettingsOf(string[] args) =>
        args is [['-' or '/', ..], ..] ? args : [.. args.SkipWhile(arg => !arg.StartsWith('-'))];

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="SettingsException">What it needs is not there: the database, or the address.</exception>
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        // Once the server has ended, its services are gone.
        var outages = app.Services.GetRequiredService<IOutages>();
        try
        {
            return await DoAsync(app, args);
        }
        catch (Exception exception) when (StartFailures.Explain(exception, outages) is { } explained)
        {
            throw explained;
        }
    }

    private static async Task<int> DoAsync(WebApplication app, string[] args)
    {
        switch (args)
        {
            case [] or [['-' or '/', ..], ..]:
                await OpenAsync(app.Services.InitializeDatabaseAsync);
                await SeedAdminAsync(app);
                await app.RunAsync();
                return 0;
            case ["migrate", ..]:
                await OpenAsync(app.Services.MigrateDatabaseAsync);
                return 0;
            case ["grant-role", var username, var role, ..]:
                return await GrantRoleAsync(app, username, role);
            case ["backup", [not '-', ..] file, ..]:
                return await UpkeepCommands.BackUpAsync(app, file);
            case ["copy-to", var provider, .. var rest]:
                return await UpkeepCommands.CopyAsync(
                    app,
                    provider,
                    rest is [[not '-', ..] target, ..] ? target : null
                );
            case ["openapi", var file, ..]:
                return await WriteDocumentAsync(app, file);
            default:
                await Console.Error.WriteLineAsync(
                    "Unknown command. Use: migrate | grant-role <username> <role> | backup <file> | "
                        + "copy-to <provider> [<file with connection string>] | openapi <file>"
                );
                return 1;
        }
    }

    /// <exception cref="SettingsException">The admin of the settings cannot be created.</exception>
    private static async Task SeedAdminAsync(WebApplication app)
    {
        var seeded = await SendAsync(app, new SeedAdminCommand());
        if (seeded.Error is { } error)
        {
            var name =
                error.Fields?[0].Path[0]
                ?? (
                    error.Code == UserErrors.EmailTaken.Code ? "email"
                    : error.Code == UserErrors.PasswordRejected.Code ? "password"
                    : "username"
                );
            throw new SettingsException($"Seed:Admin:{char.ToUpperInvariant(name[0])}{name[1..]}", Describe(error));
        }
    }

    private static async Task OpenAsync(Func<Task> open)
    {
        try
        {
            await open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its folder.
            throw StartFailures.OfDatabase(exception);
        }
    }

    private static async Task<int> WriteDocumentAsync(WebApplication app, string file)
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

    private static async Task<int> GrantRoleAsync(WebApplication app, string username, string role)
    {
        await OpenAsync(app.Services.InitializeDatabaseAsync);
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

    private static async Task<Result> SendAsync(WebApplication app, IRequest<Result> command)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }

    // Nothing of what was given: it may be secret.
    private static string Describe(Error error) =>
        error.Fields is [var field, ..] ? field.Detail
        : error.Details?.Values.FirstOrDefault() is IEnumerable<string> reasons
            ? $"{error.Message} Reasons: {string.Join(", ", reasons)}."
        : error.Message;
}
