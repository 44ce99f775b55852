using System.Globalization;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Cluster.Processes;

/// <summary>The command that copies the data of a server runs as a process that is killed and started again.</summary>
public sealed class CopyToTests
{
    // FITNESSIFY_COPY_TASKS=100000 produces the figure in docs/operations.md.
    private const string CountVariable = "FITNESSIFY_COPY_TASKS";
    private const int TasksOfAUser = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly ServerData _other = new();
    private readonly List<ServerProcess> _processes = [];

    private static int Count =>
        int.Parse(Environment.GetEnvironmentVariable(CountVariable) ?? "10000", CultureInfo.InvariantCulture);

    private string Source => Path.Combine(_folder.FullName, "data", "fitnessify.db");

    private string Target => ServerProcess.DatabaseIn(_other.Folder);

    [TearDown]
    public void CleanUp()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Delete(recursive: true);
        _other.Dispose();
    }

    [Test]
    public async Task A_killed_copy_can_be_continued_and_ends_complete()
    {
        var before = await FillAsync();
        var killed = Copy();
        await killed.WaitForOutputAsync("Tasks: ");
        await killed.KillAsync();
        Assert.That(
            await CountCopiedAsync(),
            Is.Positive.And.LessThan(Count),
            "The copy was killed before it was complete."
        );

        var copy = Copy();
        await copy.WaitForOutputAsync("Going on with a copy");
        var report = await copy.RemainingOutputAsync();
        Assert.That(await copy.EndAsync(), Is.EqualTo((0, "")), report);
        Assert.That(report, Does.Match($@"\nTasks +{Count} [0-9a-f]{{32}} ok\n"));
        Assert.That(report, Does.Match(@"\nDataProtectionKeys +1 [0-9a-f]{32} ok\n"));
        Assert.That(report, Does.Not.Contain("differs"));
        if (!ServerData.IsSqlServer && !OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Target), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.That(
            (string[])[$"{Source}-wal", $"{Target}-wal"],
            Has.None.Exist,
            "closed, with all in the file itself"
        );

        // The copy cannot be told apart from the original: the keys and sessions were copied, so clients stay signed in.
        var server = _other.Run([]);
        _processes.Add(server);
        var after = await server.ListensAsync();
        after.AccessToken = before.AccessToken;
        using var me = await after.GetAsync(ApiClient.Me);
        Assert.That((await me.JsonAsync()).Text("username"), Is.EqualTo(before.Person.Username));
        await after.SignInAsync(before.Person);
    }

    [Test]
    public async Task A_copy_refuses_to_mix_data()
    {
        Assert.That(await Run(["migrate"]).EndAsync(), Is.EqualTo((0, "")));
        Assert.That(
            await ErrorsAsync(["copy-to", "Sqlite", $"Data Source={Source}"]),
            Is.EqualTo("Source and target are the same database.")
        );
        await FillAsync(1);
        Assert.That(
            await ErrorsAsync(["copy-to", "Sqlite", $"Data Source={Source}"]),
            Does.StartWith("The target holds data in ")
        );
        Assert.That((await Copy().EndAsync()).ExitCode, Is.Zero);
        Assert.That(
            await ErrorsAsync(Copy()),
            Does.StartWith("The target holds data in ").And.EndsWith("use an empty one.")
        );
    }

    [TestCase("Oracle", "Data Source=x.db", "'Oracle' is no provider; use Sqlite or SqlServer.")]
    [TestCase("1", "Data Source=x.db", "'1' is no provider; use Sqlite or SqlServer.")]
    [TestCase("SqlServer", "Server=x;Password=hunter2", "The command line can be read by others")]
    [TestCase("SqlServer", "Server=x;pwd=hunter2", "The command line can be read by others")]
    [TestCase("SqlServer", "Server=\"x;hunter2", "The command line can be read by others")]
    [TestCase("Sqlite", "missing.txt", "missing.txt cannot be read;")]
    [TestCase("Sqlite", null, "Where to?")]
    [TestCase("Sqlite", "Data Source=:memory:", "target: names no file;")]
    public async Task Errors_are_reported_without_secrets(string provider, string? target, string message)
    {
        var errors = await ErrorsAsync(target is null ? ["copy-to", provider] : ["copy-to", provider, target]);
        Assert.That(errors, Does.StartWith(message).And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task The_target_can_be_given_in_a_file_or_an_environment_variable()
    {
        await FillAsync(1);
        var file = Path.Combine(_folder.FullName, "target.txt");
        await File.WriteAllTextAsync(file, $"Data Source={Target}\n");
        Assert.That(await Run(["copy-to", "Sqlite", file]).EndAsync(), Is.EqualTo((0, "")));
        var other = Run(["copy-to", "Sqlite"], ("FITNESSIFY_TARGET", $"Data Source={Target}2"));
        Assert.That(await other.EndAsync(), Is.EqualTo((0, "")));
    }

    /// <summary>Creates the given number of tasks and a signed-in user.</summary>
    private async Task<ApiClient> FillAsync(int? count = null)
    {
        var server = Run([]);
        var client = await server.ListensAsync();
        await client.SignInAsync(await client.RegisteredAsync());
        await server.TerminateAsync();
        await using var context = new SqliteDbContext(
            new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={Source};Pooling=False").Options
        );
        var now = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        foreach (var owned in Enumerable.Range(0, count ?? Count).Chunk(TasksOfAUser))
        {
            var person = Person.Random();
            var account = Account.Register(person.Username, person.Email, "hash", now);
            context.Add(account);
            context.Entry(account).Property(NotificationColumns.QuietFrom).CurrentValue = new TimeOnly(22, 30);
            var id = account.Id;
            context.Add(
                new ChangeCounter
                {
                    OwnerId = id,
                    Value = TasksOfAUser,
                    TimeZone = account.TimeZone,
                }
            );
            foreach (var number in owned)
            {
                var fields = new TaskFields($"Run {number}", "Ünïcode 🏃", default, default, Due.At(now), ["a", "b"]);
                var entry = context.Add(TaskItem.Create(Guid.CreateVersion7(), id, fields, now));
                entry.Entity.ResolveDue(account.TimeZone);
                entry.Property(task => task.Version).CurrentValue = (number % TasksOfAUser) + 1;
                TaskColumns.Fill(entry);
            }

            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
        }

        return client;
    }

    private async Task<long> CountCopiedAsync()
    {
        await using var connection = await _other.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Tasks";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private ServerProcess Copy() =>
        Run(
            ["copy-to", ServerData.IsSqlServer ? "SqlServer" : "Sqlite"],
            ("FITNESSIFY_TARGET", _other.ConnectionString)
        );

    private Task<string> ErrorsAsync(string[] args) => ErrorsAsync(Run(args));

    private static async Task<string> ErrorsAsync(ServerProcess process)
    {
        var (exitCode, errors) = await process.EndAsync();
        Assert.That(exitCode, Is.EqualTo(1));
        return errors.TrimEnd();
    }

    private ServerProcess Run(string[] args, params (string Name, string Value)[] environment)
    {
        var process = ServerProcess.Run(_folder.FullName, args, environment);
        _processes.Add(process);
        return process;
    }
}
