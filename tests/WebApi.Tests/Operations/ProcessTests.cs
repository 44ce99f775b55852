using Fitnessify.WebApi.Tests.Support;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>The program as a process: how it starts, ends, and is killed.</summary>
public sealed class ProcessTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase("Database__Provider", "Oracle", "Database:Provider: 'Oracle' is not allowed; use Sqlite or SqlServer.")]
    [TestCase("Sessions__IdleDays", "0", "Sessions:IdleDays: '0' is not allowed; use a number from 1 to 3650.")]
    public async Task Ends_with_one_line_about_a_wrong_setting(string name, string value, string message)
    {
        using var server = ServerProcess.Run(_folder.FullName, [], (name, value));
        var (exitCode, errors) = await server.EndAsync();
        Assert.That(errors.TrimEnd(), Is.EqualTo(message));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Ends_with_one_line_about_an_unknown_command()
    {
        using var server = ServerProcess.Run(_folder.FullName, ["dance"]);
        var (exitCode, errors) = await server.EndAsync();
        Assert.That(errors.TrimEnd(), Does.Match("^Unknown command.* migrate [^\n]*$"));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Migrates_an_empty_folder_and_then_finds_nothing_to_do()
    {
        await MigrateAsync();
        var migrated = await File.ReadAllBytesAsync(Database);
        await MigrateAsync();
        Assert.That(await File.ReadAllBytesAsync(Database), Is.EqualTo(migrated));
    }

    /// <summary>Killed at an early, a middle and a late change of a file.</summary>
    [TestCase(1)]
    [TestCase(6)]
    [TestCase(15)]
    public async Task Migrates_after_a_migration_that_was_killed(int atChange)
    {
        using var watcher = new FileSystemWatcher(_folder.CreateSubdirectory("data").FullName);
        var (changes, isReached) = (0, new TaskCompletionSource());
        watcher.Created += Count;
        watcher.Changed += Count;
        watcher.EnableRaisingEvents = true;
        using (var killed = ServerProcess.Run(_folder.FullName, ["migrate"]))
        {
            await Task.WhenAny(isReached.Task, killed.EndAsync());
            await killed.KillAsync();
        }

        await MigrateAsync();
        var (server, client) = await ServerProcess.ServeAsync(_folder.FullName);
        using (server)
        {
            await client.SignInAsync(await client.RegisteredAsync());
        }

        void Count(object sender, FileSystemEventArgs change)
        {
            if (Interlocked.Increment(ref changes) == atChange)
            {
                isReached.SetResult();
            }
        }
    }

    [Test]
    public async Task Keeps_what_it_has_acknowledged_when_it_is_killed()
    {
        Person last;
        var (killed, before) = await ServerProcess.ServeAsync(_folder.FullName);
        using (killed)
        {
            await before.SignInAsync(await before.RegisteredAsync());
            last = await before.RegisteredAsync();
            await killed.KillAsync();
        }

        var (server, after) = await ServerProcess.ServeAsync(_folder.FullName);
        using (server)
        {
            await after.SignInAsync(last);
            after.AccessToken = before.AccessToken;
            using var me = await after.GetAsync(ApiClient.Me);
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
        }
    }

    [Test]
    public async Task Starts_three_times_at_once_on_nothing_shares_its_keys_and_stops_when_asked()
    {
        var started = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => ServerProcess.ServeAsync(_folder.FullName))
        );
        try
        {
            await Task.WhenAll(
                started.Select(async one => await one.Client.SignInAsync(await one.Client.RegisteredAsync()))
            );
            string[] tokens = [.. started.Select(one => one.Client.AccessToken)];
            foreach (var client in started.Select(one => one.Client))
            {
                foreach (var token in tokens)
                {
                    client.AccessToken = token;
                    using var me = await client.GetAsync(ApiClient.Me);
                    Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
                }
            }

            Assert.That(await Task.WhenAll(started.Select(one => one.Server.TerminateAsync())), Has.All.Zero);
        }
        finally
        {
            Array.ForEach(started, one => one.Server.Dispose());
        }
    }

    private string Database => Path.Combine(_folder.FullName, "data", "fitnessify.db");

    private async Task MigrateAsync()
    {
        using var migration = ServerProcess.Run(_folder.FullName, ["migrate"]);
        Assert.That(await migration.EndAsync(), Is.EqualTo((0, "")));
    }
}
