using System.CommandLine;
using System.CommandLine.Parsing;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.WebApi.Cli;

/// <summary>
/// Reads the arguments: leading words name a command, and everything from the first option on is settings, of which any key
/// is allowed. The parser therefore only gets the words and the options that print information.
/// </summary>
internal static class CommandLine
{
    private static readonly string[] InformationalOptions = ["--help", "-h", "-?", "--version"];

    /// <summary>
    /// Runs the command that the arguments name, or serves when they name none; <paramref name="build"/> is not called when
    /// the arguments only ask for information. The result is the exit code.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        string[] words = args is [['-' or '/', ..], ..] ? [] : [.. args.TakeWhile(arg => !arg.StartsWith('-'))];
        var settings = args[words.Length..];
        var commands = Describe(run => RunAsync(() => build(settings), run));
        try
        {
            return await commands
                .Parse([.. words, .. settings.Intersect(InformationalOptions)], ParserOptions)
                .InvokeAsync(InvocationOptions);
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    // A word does not stand for a response file of further arguments.
    private static ParserConfiguration ParserOptions => new() { ResponseFileTokenReplacer = null };

    // The host handles signals so that requests can finish, and an exception is a bug that should show its stack trace.
    private static InvocationConfiguration InvocationOptions =>
        new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    private static RootCommand Describe(Func<Func<WebApplication, Task<int>>, Task<int>> run)
    {
        var root = new RootCommand(
            "Serves the Fitnessify API, or does what a command says and exits. Settings follow as --Section:Key=value."
        );
        root.SetAction(_ => run(Commands.ServeAsync));

        var username = new Argument<string>("username") { Description = "The user." };
        var role = new Argument<string>("role") { Description = "admin, support or member." };
        var backup = new Argument<string>("file") { Description = "The backup, which must not exist yet." };
        var restore = new Argument<string>("file") { Description = "The backup, which stays as it is." };
        var document = new Argument<string>("file") { Description = "The document, which is replaced." };
        foreach (var file in (Argument<string>[])[backup, restore, document])
        {
            file.Validators.Add(RefuseEmpty);
        }

        var address = new Argument<string>("address") { Description = "Who gets the mail." };
        var provider = new Argument<string>("provider") { Description = "Sqlite or SqlServer." };
        var target = new Argument<string?>("target")
        {
            Description =
                "A file with the connection string, or the string itself if it has no password. "
                + $"Without it, the variable {MaintenanceCommands.TargetVariable} holds it.",
            Arity = ArgumentArity.ZeroOrOne,
        };

        Add("migrate", "Brings the database up to date.", _ => Commands.MigrateAsync);
        Add(
            "grant-role",
            "Gives a user a role.",
            parsed =>
                app => Commands.GrantRoleAsync(app, parsed.GetRequiredValue(username), parsed.GetRequiredValue(role)),
            username,
            role
        );
        Add(
            "backup",
            "Writes a backup of the database while the server may be running.",
            parsed => app => MaintenanceCommands.BackUpAsync(app, parsed.GetRequiredValue(backup)),
            backup
        );
        Add(
            "restore",
            "Puts a backup in the place of the database while no server runs.",
            parsed => app => MaintenanceCommands.RestoreAsync(app, parsed.GetRequiredValue(restore)),
            restore
        );
        Add(
            "restored",
            "Does what a restore asks for after SQL Server has restored the database, while no server runs.",
            _ => MaintenanceCommands.RenewAsync
        );
        Add(
            "copy-to",
            "Copies all data into an empty database, of the other provider for instance.",
            parsed =>
                app => MaintenanceCommands.CopyAsync(app, parsed.GetRequiredValue(provider), parsed.GetValue(target)),
            provider,
            target
        );
        Add(
            "mail-test",
            "Sends a mail as the settings say, and tells what the mail server answers.",
            parsed => app => MaintenanceCommands.SendTestMailAsync(app, parsed.GetRequiredValue(address)),
            address
        );
        Add("seed-demo", "Creates two demo users with 200 tasks, in Development only.", _ => Commands.SeedDemoAsync);
        Add(
            "openapi",
            "Writes the API document.",
            parsed => app => Commands.WriteDocumentAsync(app, parsed.GetRequiredValue(document)),
            document
        );
        return root;

        // A script may have lost the variable that holds it.
        static void RefuseEmpty(ArgumentResult argument)
        {
            if (string.IsNullOrWhiteSpace(argument.GetValueOrDefault<string>()))
            {
                argument.AddError("The name of the file is empty.");
            }
        }

        void Add(
            string name,
            string description,
            Func<ParseResult, Func<WebApplication, Task<int>>> action,
            params Argument[] arguments
        )
        {
            var command = new Command(name, description);
            foreach (var argument in arguments)
            {
                command.Add(argument);
            }

            command.SetAction(parsed => run(action(parsed)));
            root.Add(command);
        }
    }

    /// <exception cref="SettingsException">The database or the address that the command needs is missing.</exception>
    private static async Task<int> RunAsync(Func<WebApplication> build, Func<WebApplication, Task<int>> run)
    {
        await using var app = build();
        // The services are disposed once the server has ended.
        var outages = app.Services.GetRequiredService<IOutages>();
        try
        {
            return await run(app);
        }
        catch (Exception exception) when (StartFailures.Explain(exception, outages) is { } explained)
        {
            throw explained;
        }
    }
}
