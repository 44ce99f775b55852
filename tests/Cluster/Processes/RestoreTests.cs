using System.Net;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Cluster.Processes;

/// <summary>The command that restores a backup, as a user of the API experiences it.</summary>
public sealed class RestoreTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly List<ServerProcess> _processes = [];

    private string Backup => Path.Combine(_folder.FullName, "backup.db");

    private string Database => Path.Combine(_folder.FullName, "data", "fitnessify.db");

    [TearDown]
    public void CleanUp()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Clients_are_told_correctly_which_changes_a_restore_has_undone()
    {
        var server = Run();
        var client = await server.ListensAsync();
        await client.SignInAsync(await client.RegisteredAsync());
        var task = await client.CreatedAsync("""{"title":"Before"}""");
        var deleted = await client.CreatedAsync("""{"title":"Deleted"}""");
        Assert.That(await Run("backup", Backup).EndAsync(), Is.EqualTo((0, "")));
        var backup = await File.ReadAllBytesAsync(Backup);
        task = await client.PatchedAsync(task, """{"title":"After"}""");
        await client.TrashedAsync(deleted);
        var since = (await client.ReadAsync(TaskCalls.Changes)).Text("next");

        var busy = await Run("restore", Backup).EndAsync();
        await server.TerminateAsync();
        var restore = Run("restore", Backup);
        var (output, end) = (await restore.RemainingOutputAsync(), await restore.EndAsync());

        Assert.That(busy.ExitCode, Is.EqualTo(1));
        Assert.That(busy.Errors, Does.EndWith("fitnessify.db open. Stop it first.\n"));
        Assert.That(end, Is.EqualTo((0, "")));
        Assert.That(
            output,
            Does.Match(@"backup\.db is restored\. All sessions have ended, .* The former database is \S+\.")
        );
        Assert.That(await File.ReadAllBytesAsync(Backup), Is.EqualTo(backup), "The backup is unchanged.");
        var former = output.Split(' ')[^1].TrimEnd('.', '\n');
        Assert.That(Files(), Is.EquivalentTo([Database, $"{Database}.lock", former]));
        Assert.That(await TitlesAsync(former), Does.Contain("After"));

        var next = Run();
        var again = await next.ListensAsync();
        again.AccessToken = client.AccessToken;
        using var old = await again.GetAsync(ApiClient.Me);
        using var refreshed = await again.RefreshAsync(client.RefreshToken);
        await again.SignInAsync(client.Person);
        // The next change would get the number under which the device knows another content.
        var edited = await again.PatchedAsync(task, """{"description":"Edited"}""");
        using var changes = await again.GetAsync($"{TaskCalls.Changes}?since={since}");
        using var unchanged = await again.SendAsync("GET", task.Path(), ("If-None-Match", task.ETag()));
        using var stale = await again.SendJsonAsync("PATCH", task.Path(), "{}", ("If-Match", task.ETag()));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await refreshed.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(edited.Text("title"), Is.EqualTo("Before"));
            Assert.That(edited.Version(), Is.GreaterThan(1_000_000_000_000_000));
            Assert.That(await changes.OutcomeAsync(), Is.EqualTo("410 sync_token_expired"));
            Assert.That(await unchanged.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await stale.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
            Assert.That(await again.TitlesAsync("?sort=title"), Is.EqualTo("Before Deleted"));
        });
    }

    [Test]
    public async Task An_unusable_backup_is_not_restored()
    {
        Assert.That((await Run("migrate").EndAsync()).ExitCode, Is.Zero);
        var before = await File.ReadAllBytesAsync(Database);
        Assert.That((await Run("backup", Backup).EndAsync()).ExitCode, Is.Zero);
        var damaged = Path.Combine(_folder.FullName, "damaged.db");
        var bytes = await File.ReadAllBytesAsync(Backup);
        Array.Fill(bytes, (byte)7, 4096 * 3, 4096 * 4);
        await File.WriteAllBytesAsync(damaged, bytes);
        var text = Path.Combine(_folder.FullName, "text.db");
        await File.WriteAllTextAsync(text, new string('x', 5000));
        var foreign = Path.Combine(_folder.FullName, "foreign.db");
        await ExecuteAsync(foreign, "CREATE TABLE Cats (Name TEXT)");
        var newer = Path.Combine(_folder.FullName, "newer.db");
        File.Copy(Backup, newer);
        await ExecuteAsync(newer, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', 'later')");

        foreach (
            var (file, message) in (IEnumerable<(string, string)>)
                [
                    (Path.Combine(_folder.FullName, "missing.db"), "There is no file "),
                    (Database, $"{Database} is the database itself."),
                    (damaged, ""),
                    (text, "file is not a database"),
                    (foreign, "none of Fitnessify"),
                    (newer, "newer version"),
                ]
        )
        {
            var (exitCode, errors) = await Run("restore", file).EndAsync();
            Assert.That(exitCode, Is.EqualTo(1), file);
            Assert.That(errors, Does.Contain(message).And.Match("^[^\n]+\n$"), file);
            Assert.That(await File.ReadAllBytesAsync(Database), Is.EqualTo(before), file);
        }

        Assert.That(Files(), Is.EquivalentTo([Database, $"{Database}.lock"]), "Nothing is left.");
    }

    [Test]
    public async Task A_restore_replaces_a_damaged_or_missing_database()
    {
        Assert.That((await Run("migrate").EndAsync()).ExitCode, Is.Zero);
        Assert.That((await Run("backup", Backup).EndAsync()).ExitCode, Is.Zero);
        await File.WriteAllTextAsync(Database, "x");
        await File.WriteAllTextAsync(Database + "-wal", "y");

        Assert.That(await Run("restore", Backup).EndAsync(), Is.EqualTo((0, "")));
        await Run().ListensAsync();
        _processes[^1].Dispose();
        Array.ForEach(Files(), File.Delete);
        Assert.That(await Run("restore", Backup).EndAsync(), Is.EqualTo((0, "")));
        await Run().ListensAsync();
    }

    [Test]
    public async Task A_restore_of_SQL_Server_is_refused_with_the_next_step()
    {
        var (exitCode, errors) = await Run("restore", Backup, "--Database:Provider=SqlServer").EndAsync();
        Assert.That(errors, Does.Contain("RESTORE DATABASE, then the command 'restored'"));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task The_restored_command_does_the_same_after_a_manual_restore()
    {
        Assert.That((await Run("migrate").EndAsync()).ExitCode, Is.Zero);
        var restored = Run("restored");
        Assert.That(await restored.RemainingOutputAsync(), Does.StartWith("All sessions have ended, "));
        Assert.That(await restored.EndAsync(), Is.EqualTo((0, "")));
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Value FROM Sequences WHERE Name = 'Epoch'";
        Assert.That(await command.ExecuteScalarAsync(), Is.Not.Zero);
    }

    private string[] Files() => Directory.GetFiles(Path.GetDirectoryName(Database)!);

    private static async Task<List<string>> TitlesAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Title FROM Tasks";
        await using var reader = await command.ExecuteReaderAsync();
        List<string> titles = [];
        while (await reader.ReadAsync())
        {
            titles.Add(reader.GetString(0));
        }

        return titles;
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private ServerProcess Run(params string[] args)
    {
        var process = ServerProcess.Run(_folder.FullName, [.. args]);
        _processes.Add(process);
        return process;
    }
}
