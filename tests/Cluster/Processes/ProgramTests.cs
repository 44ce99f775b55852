using System.Text.RegularExpressions;

namespace Fitnessify.Cluster.Processes;

/// <summary>The program runs as a process that starts, ends and is killed.</summary>
public sealed class ProgramTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");

    private readonly List<ServerProcess> _processes = [];

    [TearDown]
    public void CleanUp()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Delete(recursive: true);
    }

    [TestCase("Database__Provider", "Oracle", "Database:Provider: 'Oracle' is not allowed; use Sqlite or SqlServer.")]
    [TestCase("Sessions__IdleDays", "0", "Sessions:IdleDays: '0' is not allowed; use a number from 1 to 3650.")]
    public async Task A_wrong_setting_ends_the_process_with_one_line(string name, string value, string message)
    {
        var server = Run([], (name, value));
        var (exitCode, errors) = await server.EndAsync();
        Assert.That(errors.TrimEnd(), Is.EqualTo(message));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [TestCase("--help", "grant-role <username> <role>")]
    [TestCase("-h", "grant-role <username> <role>")]
    [TestCase("grant-role --help", "<username> <role>")]
    [TestCase("--help", "seed-demo")]
    [TestCase("--version", "0.1.0")]
    public async Task An_informational_option_only_prints(string args, string expected)
    {
        var process = Run(args.Split(' '));
        Assert.That(await process.RemainingOutputAsync(), Does.Contain(expected));
        Assert.That(await process.EndAsync(), Is.EqualTo((0, "")));
        Assert.That(_folder.GetFileSystemInfos(), Is.Empty);
    }

    [TestCase("dance", "Unrecognized command or argument 'dance'.", "migrate")]
    [TestCase("migrate now", "Unrecognized command or argument 'now'.", "migrate [options]")]
    [TestCase("grant-role ann", "Required argument 'role' missing for command: 'grant-role'.", "<username> <role>")]
    [TestCase("backup", "Required argument 'file' missing for command: 'backup'.", "backup <file>")]
    [TestCase("backup ", "The name of the file is empty.", "backup <file>")]
    [TestCase("@file", "Unrecognized command or argument '@file'.", "migrate")]
    public async Task A_wrong_command_ends_the_process_with_one_line_and_the_usage(
        string args,
        string message,
        string usage
    )
    {
        var process = Run(args.Split(' '));
        Assert.That(await process.RemainingOutputAsync(), Does.Contain("Usage:").And.Contain(usage));
        var (exitCode, errors) = await process.EndAsync();
        Assert.That(errors.Trim(), Is.EqualTo(message));
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(_folder.GetFileSystemInfos(), Is.Empty);
    }

    [Test]
    public async Task Migrate_creates_a_database_in_an_empty_folder_and_then_has_nothing_to_do()
    {
        await MigrateAsync();
        var migrated = await File.ReadAllBytesAsync(Database);
        await MigrateAsync();
        Assert.That(await File.ReadAllBytesAsync(Database), Is.EqualTo(migrated));
    }

    [Test]
    public async Task Query_strings_are_never_logged_at_any_level()
    {
        var server = Run([
            "--Serilog:MinimumLevel:Default=Debug",
            "--Serilog:MinimumLevel:Override:Microsoft=Debug",
            "--Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Hosting.Diagnostics=Debug",
        ]);
        var client = await server.ListensAsync();
        using var response = await client.GetAsync("/api/v1/tasks?q=planted");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
        await server.TerminateAsync();
        var output = await server.OutputAsync();
        Assert.That(output, Does.Contain("matched endpoint"), "The log is at Debug level.");
        Assert.That(output, Does.Not.Contain("planted"));
    }

    /// <summary>Kills the process while it creates the file, takes the lock and writes the tables; the moment varies.</summary>
    [TestCase(6)]
    [TestCase(25)]
    [TestCase(40)]
    public async Task Migration_continues_after_a_killed_migration(int atChange)
    {
        using var watcher = new FileSystemWatcher(_folder.CreateSubdirectory("data").FullName);
        var (changes, isReached) = (0, new TaskCompletionSource());
        watcher.Created += Count;
        watcher.Changed += Count;
        watcher.EnableRaisingEvents = true;
        var killed = Run(["migrate"]);
        await Task.WhenAny(isReached.Task, killed.EndAsync());
        await killed.KillAsync();

        await MigrateAsync();
        var client = await Run([]).ListensAsync();
        await client.SignInAsync(await client.RegisteredAsync());

        void Count(object sender, FileSystemEventArgs change)
        {
            if (Interlocked.Increment(ref changes) == atChange)
            {
                isReached.SetResult();
            }
        }
    }

    [Test]
    public async Task Acknowledged_data_survives_a_kill()
    {
        var killed = Run([]);
        var before = await killed.ListensAsync();
        await before.SignInAsync(await before.RegisteredAsync());
        var last = await before.RegisteredAsync();
        await killed.KillAsync();

        var after = await Run([]).ListensAsync();
        await after.SignInAsync(last);
        after.AccessToken = before.AccessToken;
        using var me = await after.GetAsync(ApiClient.Me);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase(
        "Password",
        "password",
        "Seed:Admin:Password: The password does not meet the policy; 'reasons' says why. Reasons: too_short."
    )]
    [TestCase("Email", "grace", "Seed:Admin:Email: This is not an e-mail address.")]
    [TestCase("Username", "admin", "Seed:Admin:Username: This username is reserved.")]
    [TestCase("Password", "", "Seed:Admin:Password: 'Password' must not be empty.")]
    public async Task An_invalid_admin_ends_the_process_with_one_line_without_secrets(
        string name,
        string value,
        string message
    )
    {
        var (exitCode, errors) = await Run([.. Seed, $"--Seed:Admin:{name}={value}"]).EndAsync();
        Assert.That(errors.TrimEnd(), Is.EqualTo(message));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Grant_role_grants_a_role_or_reports_the_error()
    {
        var server = Run([]);
        var user = await server.ListensAsync();
        await user.SignInAsync(await user.RegisteredAsync());

        var granted = await Run(["grant-role", user.Person.Username.ToUpperInvariant(), "admin"]).EndAsync();
        var unknownUser = await Run(["grant-role", "nobody", "admin"]).EndAsync();
        var unknownRole = await Run(["grant-role", user.Person.Username, "king"]).EndAsync();

        Assert.That(granted, Is.EqualTo((0, "")));
        Assert.That(unknownUser, Is.EqualTo((1, "There is no user nobody.\n")));
        Assert.That(unknownRole, Is.EqualTo((1, "Use one of admin, member, support.\n")));
        await user.SignInAsync(user.Person);
        Assert.That((await user.ReadJsonAsync(ApiClient.Me)).Texts("roles"), Is.EqualTo(["admin", "member"]));
    }

    [Test]
    public async Task Demo_users_are_created_once_and_can_sign_in_with_the_printed_password()
    {
        var first = Run(["seed-demo"]);
        var printed = Regex.Match(
            await first.RemainingOutputAsync(),
            "^Sign in as (.+) and (.+) with the password: (.+)$",
            RegexOptions.Multiline
        );
        Assert.That(printed.Success, Is.True);
        var second = Run(["seed-demo"]);
        var repeated = await second.RemainingOutputAsync();
        Assert.That(await first.EndAsync(), Is.EqualTo((0, "")));
        Assert.That(await second.EndAsync(), Is.EqualTo((0, "")));
        var (ann, ben) = (printed.Groups[1].Value, printed.Groups[2].Value);
        Assert.That(repeated, Does.Contain($"Already there: {ann} and {ben}. Nothing has changed."));
        Assert.That(repeated, Does.Not.Contain(printed.Groups[3].Value));

        var client = await Run([]).ListensAsync();
        foreach (var username in (string[])[ann, ben])
        {
            await client.SignInAsync(Person.Random() with { Username = username, Password = printed.Groups[3].Value });
            Assert.That(
                (await client.ReadJsonAsync("/api/v1/tasks")).GetProperty("items").GetArrayLength(),
                Is.EqualTo(50)
            );
        }
    }

    [TestCase("Production")]
    [TestCase("Staging")]
    public async Task Demo_users_are_refused_outside_Development(string environment)
    {
        var refused = Run(
            ["seed-demo", "--Accounts:PasswordIterations=220000"],
            ("ASPNETCORE_ENVIRONMENT", environment)
        );
        Assert.That(
            await refused.EndAsync(),
            Is.EqualTo(
                (1, $"seed-demo works in Development only, because its password is public; this is {environment}.\n")
            )
        );
        Assert.That(File.Exists(Database), Is.False);
    }

    private static readonly Person Grace = Person.Random() with { Username = "Grace" };

    private static string[] Seed =>
        [
            $"--Seed:Admin:Username={Grace.Username}",
            $"--Seed:Admin:Email={Grace.Email}",
            $"--Seed:Admin:Password={Grace.Password}",
        ];

    private string Database => Path.Combine(_folder.FullName, "data", "fitnessify.db");

    private async Task MigrateAsync()
    {
        Assert.That(await Run(["migrate"]).EndAsync(), Is.EqualTo((0, "")));
    }

    private ServerProcess Run(string[] args, params (string Name, string Value)[] environment)
    {
        var process = ServerProcess.Run(_folder.FullName, args, environment);
        _processes.Add(process);
        return process;
    }
}
