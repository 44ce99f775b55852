using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class TokenStoreTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"tokens-{Guid.NewGuid():N}");

    private string File => Path.Combine(_folder, "app", "tokens");

    [TearDown]
    public void DeleteFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task A_store_of_delegates_keeps_tokens_as_text_under_its_key()
    {
        Dictionary<string, string> secrets = [];
        var store = new DelegateTokenStore(
            key => Task.FromResult(secrets.GetValueOrDefault(key)),
            (key, text) => Task.FromResult(secrets[key] = text),
            secrets.Remove,
            "anns.tokens"
        );
        await AssertKeepsTokensAsync(store, () => secrets.Count);
        await store.SetAsync(Tokens("second"));
        Assert.That(secrets.Keys, Is.EqualTo(["anns.tokens"]));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"accessToken\":\"half")]
    [TestCase("not of this app")]
    public async Task Text_that_is_damaged_counts_as_no_tokens(string text)
    {
        var store = new DelegateTokenStore(
            _ => Task.FromResult<string?>(text),
            (_, _) => Task.CompletedTask,
            _ => Task.CompletedTask
        );
        Assert.That(await store.GetAsync(), Is.Null);
    }

    [Test]
    public async Task A_file_keeps_tokens_encrypted()
    {
        await AssertKeepsTokensAsync(Open(), () => Files.Length);
        await Open().SetAsync(Tokens("secret"));
        Assert.That(await System.IO.File.ReadAllTextAsync(File), Does.Not.Contain("secret"));
        Assert.That((await Open().GetAsync())!.AccessToken, Is.EqualTo("access secret"));
        Assert.That(Files, Is.EqualTo([File]), "No other file is left.");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has other permissions.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_the_file()
    {
        await Open().SetAsync(Tokens("first"));
        await Open().SetAsync(Tokens("second"));
        Assert.That(System.IO.File.GetUnixFileMode(File), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_file_that_is_damaged_or_of_another_app_counts_as_no_tokens_and_is_replaced()
    {
        await Open().SetAsync(Tokens("first"));
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        byte[][] contents =
        [
            [],
            whole[..^1],
            [.. whole, 0],
            Encoding.UTF8.GetBytes("not of this app"),
        ];
        foreach (var content in contents)
        {
            await System.IO.File.WriteAllBytesAsync(File, content);
            Assert.That(await Open().GetAsync(), Is.Null);
        }

        await Open().SetAsync(Tokens("second"));
        Assert.That((await Open().GetAsync())!.AccessToken, Is.EqualTo("access second"));
    }

    [Test]
    public async Task A_write_that_fails_leaves_the_former_tokens()
    {
        await Open().SetAsync(Tokens("first"));
        var failing = new FileTokenStore(File, _ => throw new CryptographicException("No key."), Unprotect);
        Assert.That(() => failing.SetAsync(Tokens("second")), Throws.TypeOf<CryptographicException>());
        Assert.That((await Open().GetAsync())!.AccessToken, Is.EqualTo("access first"));
        Assert.That(Files, Is.EqualTo([File]));
    }

    [Test]
    public async Task Processes_that_share_the_file_never_read_half_of_it()
    {
        await Open().SetAsync(Tokens("first"));
        var writing = Task.WhenAll(Enumerable.Range(0, 50).Select(number => Open().SetAsync(Tokens($"{number}"))));
        while (!writing.IsCompleted)
        {
            Assert.That(await Open().GetAsync(), Is.Not.Null);
        }

        await writing;
        Assert.That(Files, Is.EqualTo([File]));
    }

    private string[] Files =>
        Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*", SearchOption.AllDirectories) : [];

    // An authenticated cipher would do the same; the digest stands for it.
    private static byte[] Protect(byte[] content) => [.. SHA256.HashData(content), .. content.Select(Flip)];

    private static byte[] Unprotect(byte[] content)
    {
        byte[] plain = [.. content.Skip(32).Select(Flip)];
        return content.AsSpan(0, Math.Min(32, content.Length)).SequenceEqual(SHA256.HashData(plain))
            ? plain
            : throw new CryptographicException("The content is damaged.");
    }

    private static byte Flip(byte part) => (byte)(part ^ 0x5a);

    private static async Task AssertKeepsTokensAsync(ITokenStore store, Func<int> count)
    {
        Assert.That(await store.GetAsync(default), Is.Null);
        await store.ClearAsync(default);
        await store.SetAsync(Tokens("first"), default);
        var second = Tokens("second");
        await store.SetAsync(second, default);
        var stored = (await store.GetAsync(default))!;
        Assert.That(
            (stored.AccessToken, stored.RefreshToken, stored.SessionId, stored.RefreshTokenExpiresAt),
            Is.EqualTo((second.AccessToken, second.RefreshToken, second.SessionId, second.RefreshTokenExpiresAt))
        );
        Assert.That(count(), Is.EqualTo(1));
        await store.ClearAsync(default);
        Assert.That(await store.GetAsync(default), Is.Null);
        Assert.That(count(), Is.Zero);
    }

    private static TokensDto Tokens(string name) =>
        new()
        {
            TokenType = "Bearer",
            AccessToken = $"access {name}",
            RefreshToken = $"refresh {name}",
            RefreshTokenExpiresAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
            SessionId = Guid.NewGuid(),
        };

    private FileTokenStore Open() => new(File, Protect, Unprotect);
}
