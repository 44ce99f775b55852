using System.Text;
using Fitnessify.Client;
using NUnit.Framework.Constraints;

namespace Fitnessify.Clients.Tests;

/// <summary>What the file of a store holds after crashes, damage and compaction.</summary>
public sealed class FileOfflineStoreTests
{
    private const int Mebibyte = 1024 * 1024;

    private string _folder = null!;
    private string _path = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;
        _path = Path.Combine(_folder, "new", "replica.store");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_was_written_is_there_when_the_store_is_opened_again()
    {
        var store = new FileOfflineStore(_path);
        Assert.That(await store.OpenAsync(), Is.Empty);
        await store.WriteAsync([new("a", "1"), new("b", """{"title":"Äpfel\n"}"""), new("c", "null")]);
        await store.WriteAsync([new("a", "2"), new("c", null)]);
        await store.CloseAsync();

        Assert.That(await ReadAsync(), Is.EquivalentTo(["a=2", """b={"title":"Äpfel\n"}"""]));
        Assert.That(async () => await store.WriteAsync([new("a", "3")]), Refuses(OfflineErrorReason.Closed));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Only_the_owner_can_read_the_file()
    {
        await WriteAsync(new OfflineRecord("a", "1"));
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_path);
        Assert.That(mode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_write_that_was_torn_anywhere_is_left_out_and_the_next_one_takes_its_place()
    {
        await WriteAsync(new OfflineRecord("a", "1"));
        var before = new FileInfo(_path).Length;
        await WriteAsync(new OfflineRecord("a", "2"), new OfflineRecord("b", "2"));
        var whole = await File.ReadAllBytesAsync(_path);
        for (var length = (int)before; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_path, whole[..length]);
            Assert.That(await ReadAsync(), Is.EqualTo(["a=1"]), $"{length} bytes");
            await WriteAsync(new OfflineRecord("c", "3"));
            Assert.That(await ReadAsync(), Is.EquivalentTo(["a=1", "c=3"]), $"{length} bytes");
        }
    }

    [Test]
    public async Task A_file_that_was_torn_in_its_first_line_is_a_new_one()
    {
        await WriteAsync();
        var header = await File.ReadAllBytesAsync(_path);
        for (var length = 0; length < header.Length; length++)
        {
            await File.WriteAllBytesAsync(_path, header[..length]);
            await WriteAsync(new OfflineRecord("a", "1"));
            Assert.That(await ReadAsync(), Is.EqualTo(["a=1"]));
        }
    }

    [Test]
    public async Task A_last_line_with_another_checksum_is_left_out()
    {
        await WriteAsync(new OfflineRecord("a", "1"));
        await WriteAsync(new OfflineRecord("a", "22222222"));
        await ChangeAsync("22222222", "22272222");
        Assert.That(await ReadAsync(), Is.EqualTo(["a=1"]));
    }

    [Test]
    public async Task Damage_in_front_of_other_lines_is_reported_and_the_file_stays_as_it_is()
    {
        await WriteAsync(new OfflineRecord("a", "11111111"));
        await WriteAsync(new OfflineRecord("b", "2"));
        await ChangeAsync("11111111", "11171111");
        var damaged = await File.ReadAllBytesAsync(_path);

        Assert.That(ReadAsync, Refuses(OfflineErrorReason.StoreDamaged));
        Assert.That(ReadAsync, Refuses(OfflineErrorReason.StoreDamaged), "It is not left locked.");
        Assert.That(await File.ReadAllBytesAsync(_path), Is.EqualTo(damaged));
    }

    [Test]
    public async Task Another_file_is_not_overwritten()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        await File.WriteAllTextAsync(_path, "My diary");
        Assert.That(ReadAsync, Refuses(OfflineErrorReason.StoreDamaged));
        Assert.That(await File.ReadAllTextAsync(_path), Is.EqualTo("My diary"));
    }

    [Test]
    public async Task A_store_is_open_once_at_a_time()
    {
        var store = new FileOfflineStore(_path);
        await store.OpenAsync();
        Assert.That(ReadAsync, Refuses(OfflineErrorReason.StoreInUse));
        await store.WriteAsync([new("a", "1")]);
        await store.CloseAsync();
        Assert.That(await ReadAsync(), Is.EqualTo(["a=1"]));
    }

    [Test]
    public async Task A_file_that_is_mostly_outdated_is_replaced_by_a_short_one()
    {
        var store = new FileOfflineStore(_path);
        await store.OpenAsync();
        var longest = 0L;
        for (var number = 0; number < 40; number++)
        {
            await store.WriteAsync([new("big", Text(100_000, number)), new($"small/{number}", $"{number}")]);
            longest = Math.Max(longest, new FileInfo(_path).Length);
            Assert.That(await IsOpenElsewhereAsync(), $"The lock is lost after write {number}.");
        }

        await store.CloseAsync();
        Assert.That(longest, Is.LessThan(Mebibyte + 200_000));
        var small = Enumerable.Range(0, 40).Select(number => $"small/{number}={number}");
        Assert.That(await ReadAsync(), Is.EquivalentTo([$"big={Text(100_000, 39)}", .. small]));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_path)!), Has.None.EndsWith(".new"));
    }

    [Test]
    public async Task A_long_file_that_is_not_outdated_is_not_replaced()
    {
        var store = new FileOfflineStore(_path);
        await store.OpenAsync();
        for (var number = 0; number < 30; number++)
        {
            await store.WriteAsync([new($"big/{number}", Text(100_000, number))]);
        }

        await store.WriteAsync([new("big/0", "0")]);
        await store.CloseAsync();
        var length = new FileInfo(_path).Length;
        Assert.That(length, Is.GreaterThan(30 * 100_000));
        Assert.That(await ReadAsync(), Has.Count.EqualTo(30));
    }

    [Test]
    public async Task A_new_file_that_was_not_completed_is_left_out()
    {
        await WriteAsync(new OfflineRecord("a", "1"));
        await File.WriteAllTextAsync(_path + ".new", "Fitnessify offl");
        Assert.That(await ReadAsync(), Is.EqualTo(["a=1"]));
        Assert.That(File.Exists(_path + ".new"), Is.False);
    }

    [Test]
    public async Task A_compaction_that_fails_loses_nothing()
    {
        // Nothing can be written in place of a folder.
        var obstacle = _path + ".new";
        var store = new FileOfflineStore(_path);
        await store.OpenAsync();
        Directory.CreateDirectory(obstacle);
        for (var number = 0; number < 15; number++)
        {
            await store.WriteAsync([new("big", Text(100_000, number))]);
        }

        Assert.That(new FileInfo(_path).Length, Is.GreaterThan(15 * 100_000));
        Directory.Delete(obstacle);
        await store.WriteAsync([new("small", "1")]);
        Assert.That(new FileInfo(_path).Length, Is.LessThan(200_000));
        await store.CloseAsync();
        Assert.That(await ReadAsync(), Is.EquivalentTo([$"big={Text(100_000, 14)}", "small=1"]));
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
        var store = new FileOfflineStore(_path);
        await store.OpenAsync();
        if (records.Length > 0)
        {
            await store.WriteAsync(records);
        }

        await store.CloseAsync();
    }

    private async Task<List<string>> ReadAsync()
    {
        var store = new FileOfflineStore(_path);
        var records = await store.OpenAsync();
        await store.CloseAsync();
        return [.. records.Select(record => $"{record.Key}={record.Json}")];
    }

    private async Task ChangeAsync(string from, string to)
    {
        var text = await File.ReadAllTextAsync(_path, Encoding.UTF8);
        await File.WriteAllTextAsync(_path, text.Replace(from, to, StringComparison.Ordinal), new UTF8Encoding(false));
    }

    private static EqualConstraint<OfflineErrorReason> Refuses(OfflineErrorReason reason) =>
        Throws.TypeOf<OfflineException>().With.Property(nameof(OfflineException.Reason)).EqualTo(reason);
}
