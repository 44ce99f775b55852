using System.Text;
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

    [Test]
    public async Task A_file_that_was_torn_in_its_first_line_is_a_new_one()
    {
        await WriteAsync();
        var header = await File.ReadAllBytesAsync(FilePath);
        for (var length = 0; length < header.Length; length++)
        {
            await File.WriteAllBytesAsync(FilePath, header[..length]);
            await WriteAsync(new OfflineRecord("a", "1"));
            Assert.That(await ReadAsync(), Is.EqualTo((string[])["a 1"]));
        }
    }

    [Test]
    public async Task A_last_line_with_another_checksum_is_left_out()
    {
        await WriteAsync(new OfflineRecord("a", "1"));
        await WriteAsync(new OfflineRecord("a", "22222222"));
        await ChangeAsync("22222222", "22272222");
        Assert.That(await ReadAsync(), Is.EqualTo((string[])["a 1"]));
    }

    [Test]
    public async Task A_long_file_that_is_not_outdated_is_not_replaced()
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        for (var number = 0; number < 30; number++)
        {
            await store.WriteAsync([new($"big/{number}", Text(100_000, number))]);
        }

        await store.WriteAsync([new("big/0", "0")]);
        await store.CloseAsync();
        var length = new FileInfo(FilePath).Length;
        Assert.That(length, Is.GreaterThan(30 * 100_000));
        Assert.That(await ReadAsync(), Has.Count.EqualTo(30));
    }

    [Test]
    public async Task A_new_file_that_was_not_completed_is_left_out()
    {
        await WriteAsync(new OfflineRecord("a", "1"));
        await File.WriteAllTextAsync(FilePath + ".new", "Fitnessify offl");
        Assert.That(await ReadAsync(), Is.EqualTo((string[])["a 1"]));
        Assert.That(File.Exists(FilePath + ".new"), Is.False);
    }

    [Test]
    public async Task A_compaction_that_fails_loses_nothing()
    {
        // Nothing can be written in place of a folder.
        var obstacle = FilePath + ".new";
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        Directory.CreateDirectory(obstacle);
        for (var number = 0; number < 15; number++)
        {
            await store.WriteAsync([new("big", Text(100_000, number))]);
        }

        Assert.That(new FileInfo(FilePath).Length, Is.GreaterThan(15 * 100_000));
        Directory.Delete(obstacle);
        await store.WriteAsync([new("small", "1")]);
        Assert.That(new FileInfo(FilePath).Length, Is.LessThan(200_000));
        await store.CloseAsync();
        Assert.That(await ReadAsync(), Is.EquivalentTo([$"big {Text(100_000, 14)}", "small 1"]));
    }

    [Test]
    public async Task A_file_that_is_mostly_outdated_is_replaced_by_a_short_one()
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        var longest = 0L;
        for (var number = 0; number < 40; number++)
        {
            await store.WriteAsync([new("big", Text(100_000, number)), new($"small/{number}", $"{number}")]);
            longest = Math.Max(longest, new FileInfo(FilePath).Length);
            Assert.That(await IsOpenElsewhereAsync(), $"The lock is lost after write {number}.");
        }

        await store.CloseAsync();
        Assert.That(longest, Is.LessThan((1024 * 1024) + 200_000));
        var small = Enumerable.Range(0, 40).Select(number => $"small/{number} {number}");
        Assert.That(await ReadAsync(), Is.EquivalentTo([$"big {Text(100_000, 39)}", .. small]));
        Assert.That(File.Exists(FilePath + ".new"), Is.False);
    }

    private static string Text(int length, int number) => $"\"{number}{new string('x', length)}\"";

    private async Task<bool> IsOpenElsewhereAsync()
    {
        try
        {
            await ReadAsync();
            return false;
        }
        catch (OfflineException refusal) when (refusal.Reason == OfflineErrorReason.StoreInUse)
        {
            return true;
        }
    }

    private async Task WriteAsync(params OfflineRecord[] records)
    {
        var store = new FileOfflineStore(FilePath);
        await store.OpenAsync();
        if (records.Length > 0)
        {
            await store.WriteAsync(records);
        }

        await store.CloseAsync();
    }

    private async Task ChangeAsync(string from, string to)
    {
        var text = await File.ReadAllTextAsync(FilePath, Encoding.UTF8);
        await File.WriteAllTextAsync(
            FilePath,
            text.Replace(from, to, StringComparison.Ordinal),
            new UTF8Encoding(false)
        );
    }

    private async Task<List<string>> ReadAsync()
    {
        var store = new FileOfflineStore(FilePath);
        var records = await store.OpenAsync();
        await store.CloseAsync();
        return [.. records.Select(record => $"{record.Key} {record.Json}")];
    }
}
