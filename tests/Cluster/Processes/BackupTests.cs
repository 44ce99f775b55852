using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Cluster.Processes;

/// <summary>The backup command runs beside a server that continues to write.</summary>
public sealed class BackupTests
{
    private const int Writers = 4;
    private const int Before = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly DirectoryInfo _restored = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly List<ServerProcess> _processes = [];

    private string Backup => Path.Combine(_folder.FullName, "backup.db");

    [TearDown]
    public void CleanUp()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Delete(recursive: true);
        _restored.Delete(recursive: true);
    }

    [Test]
    public async Task A_backup_contains_all_acknowledged_data_and_can_start_a_server()
    {
        var server = Run(_folder, ["--RateLimits:Enabled=false"]);
        var client = await server.ListensAsync();
        var acknowledged = new ConcurrentQueue<Person>();
        var (isEnough, isOver) = (new TaskCompletionSource(), false);
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync)).ToList();
        await isEnough.Task;
        Person[] before = [.. acknowledged];

        var backup = await Run(_folder, ["backup", Backup]).EndAsync();
        var during = acknowledged.Count;
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(writers);
        await server.TerminateAsync();

        Assert.That(backup, Is.EqualTo((0, "")));
        Assert.That(during, Is.GreaterThan(before.Length), "The server has written to it meanwhile.");
        Assert.That(Directory.GetFiles(_folder.FullName, "backup*"), Is.EqualTo([Backup]), "There is only one file.");
        File.Copy(Backup, Path.Combine(_restored.CreateSubdirectory("data").FullName, "fitnessify.db"));
        Assert.That(await AskAsync("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(await AskAsync("PRAGMA journal_mode"), Is.EqualTo("wal"));
        var restored = await Run(_restored, ["--RateLimits:Enabled=false"]).ListensAsync();
        foreach (var person in before)
        {
            using var response = await restored.LoginAsync(person.Username);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), person.Username);
        }

        async Task WriteAsync()
        {
            while (!Volatile.Read(ref isOver))
            {
                acknowledged.Enqueue(await client.RegisteredAsync());
                if (acknowledged.Count >= Before)
                {
                    isEnough.TrySetResult();
                }
            }
        }
    }

    [Test]
    public async Task A_backup_replaces_no_file_and_requires_a_database()
    {
        var nothing = await Run(_folder, ["backup", Backup]).EndAsync();
        Assert.That(nothing.Errors, Does.StartWith("There is no database at "));
        Assert.That((await Run(_folder, ["migrate"]).EndAsync()).ExitCode, Is.Zero);
        await File.WriteAllTextAsync(Backup, "kept");

        var refused = await Run(_folder, ["backup", Backup]).EndAsync();
        var nowhere = await Run(_folder, ["backup", Path.Combine(_folder.FullName, "nowhere", "x.db")]).EndAsync();

        Assert.That(refused, Is.EqualTo((1, $"{Backup} exists already; a backup replaces none.\n")));
        Assert.That(await File.ReadAllTextAsync(Backup), Is.EqualTo("kept"));
        Assert.That(nowhere.ExitCode, Is.EqualTo(1));
        Assert.That(nowhere.Errors, Does.Match("^Could not find [^\n]*\n$"));
    }

    [Test]
    public async Task A_backup_of_SQL_Server_is_refused_with_a_hint()
    {
        var (exitCode, errors) = await Run(_folder, ["backup", Backup, "--Database:Provider=SqlServer"]).EndAsync();
        Assert.That(errors, Does.StartWith("This command is for Sqlite.").And.Contains("BACKUP DATABASE"));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    private async Task<string?> AskAsync(string pragma)
    {
        await using var connection = new SqliteConnection($"Data Source={Backup};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return (string?)await command.ExecuteScalarAsync();
    }

    private ServerProcess Run(DirectoryInfo folder, string[] args)
    {
        var process = ServerProcess.Run(folder.FullName, args);
        _processes.Add(process);
        return process;
    }
}
