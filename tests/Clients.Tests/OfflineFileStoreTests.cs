using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class OfflineFileStoreTests
{
    private string _folder = null!;

    private string FilePath => Path.Combine(_folder, "offline");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_is_written_is_there_after_the_file_is_opened_again()
    {
        var store = new FileOfflineStore(FilePath);
        Assert.That(await store.OpenAsync(), Is.Empty);
        await store.WriteAsync([new("task/1", "1"), new("task/2", """{"title":"ä\n"}"""), new("state", "{}")]);
        await store.WriteAsync([new("task/1", null), new("task/2", "2")]);
        await store.CloseAsync();

        Assert.That(await ReadAsync(), Is.EquivalentTo((string[])["task/2 2", "state {}"]));
    }

    [Test]
    public async Task A_write_that_a_crash_has_cut_short_is_not_there_at_all()
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        await store.WriteAsync([new("task/1", "1")]);
        var complete = new FileInfo(FilePath).Length;
        await store.WriteAsync([new("task/1", "2"), new("task/2", "2")]);
        await store.CloseAsync();
        var bytes = await File.ReadAllBytesAsync(FilePath);

        for (var length = complete; length < bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(FilePath, bytes[..(int)length]);
            Assert.That(await ReadAsync(), Is.EqualTo((string[])["task/1 1"]), $"{length} bytes");
        }

        await store.OpenAsync();
        await store.WriteAsync([new("task/3", "3")]);
        await store.CloseAsync();
        Assert.That(await ReadAsync(), Is.EqualTo((string[])["task/1 1", "task/3 3"]));
    }

    [Test]
    public async Task A_damaged_file_is_reported_and_left_as_it_is()
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        await store.WriteAsync([new("task/1", "1")]);
        await store.WriteAsync([new("task/2", "2")]);
        await store.CloseAsync();
        var text = await File.ReadAllTextAsync(FilePath);
        var damaged = text.Replace("[[\"task/1\",1]]", "[[\"task/1\",7]]", StringComparison.Ordinal);
        await File.WriteAllTextAsync(FilePath, damaged);

        Assert.That(
            () => store.OpenAsync(),
            Throws.TypeOf<OfflineException>().With.Property("Reason").EqualTo(OfflineErrorReason.StoreDamaged)
        );
        Assert.That(await File.ReadAllTextAsync(FilePath), Is.EqualTo(damaged));

        await File.WriteAllTextAsync(FilePath, "This is the diary of another app.");
        Assert.That(
            () => store.OpenAsync(),
            Throws.TypeOf<OfflineException>().With.Property("Reason").EqualTo(OfflineErrorReason.StoreDamaged)
        );
    }

    [Test]
    public async Task One_replica_at_a_time_has_the_file()
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        Assert.That(
            () => new FileOfflineStore(FilePath).OpenAsync(),
            Throws.TypeOf<OfflineException>().With.Property("Reason").EqualTo(OfflineErrorReason.StoreInUse)
        );
        await store.CloseAsync();
        Assert.That(
            () => store.WriteAsync([new("state", "{}")]),
            Throws.TypeOf<OfflineException>().With.Property("Reason").EqualTo(OfflineErrorReason.Closed)
        );
        Assert.That(await ReadAsync(), Is.Empty);
    }

    [Test]
    public async Task The_file_does_not_grow_without_end()
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        var text = new string('x', 50_000);
        for (var number = 0; number < 100; number++)
        {
            await store.WriteAsync([new("task/1", $"\"{text}{number}\""), new($"task/{number % 3}", $"{number}")]);
        }

        await store.CloseAsync();
        Assert.That(new FileInfo(FilePath).Length, Is.LessThan(1_500_000));
        Assert.That(File.Exists(FilePath + ".new"), Is.False);
        Assert.That(await ReadAsync(), Has.Count.EqualTo(3).And.Member("task/0 99"));
    }

    [Test]
    public async Task Only_the_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has other permissions.");
            return;
        }

        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        await store.CloseAsync();
        Assert.That(File.GetUnixFileMode(FilePath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task<List<string>> ReadAsync()
    {
        var store = new FileOfflineStore(FilePath);
        var records = await store.OpenAsync();
        await store.CloseAsync();
        return [.. records.Select(record => $"{record.Key} {record.Json}")];
    }
}
