using System.Buffers.Binary;
using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.Infrastructure.Tests.Auth;

public sealed class PasswordHashingTests : IDisposable
{
    private const int Iterations = 1234;
    private static readonly string Longest = new string('a', 127) + "b";

    private readonly HashingGate _gate = new(
        new AccountOptions(),
        new ServerMetrics(TimeProvider.System),
        TimeProvider.System
    );
    private readonly PasswordHashing _hashing;

    public PasswordHashingTests() =>
        _hashing = new PasswordHashing(_gate, new AccountOptions { PasswordIterations = Iterations });

    public void Dispose() => _gate.Dispose();

    [TestCase("correct horse battery staple", "correct horse battery staple", true)]
    [TestCase("correct horse battery staple", "correct horse battery stapl", false)]
    [TestCase("correct horse battery staple", "Correct horse battery staple", false)]
    [TestCase(" not trimmed ", "not trimmed", false)]
    [TestCase("caf\u00e9 cr\u00e8me", "cafe\u0301 cre\u0300me", true, TestName = "{m}(composed, then decomposed)")]
    [TestCase("cafe\u0301 cre\u0300me", "caf\u00e9 cr\u00e8me", true, TestName = "{m}(decomposed, then composed)")]
    [TestCase("\uff46\uff55\uff4c\uff4c", "full", true, TestName = "{m}(full-width, then narrow)")]
    [TestCase("caf\u00e9 cr\u00e8me", "cafe creme", false, TestName = "{m}(without its accents)")]
    public async Task A_hash_matches_only_its_password(string password, string tried, bool matches)
    {
        var hash = (await _hashing.HashAsync(password, default)).Value;

        Assert.That(
            await VerifyAsync(hash, tried),
            Is.EqualTo(matches ? PasswordVerification.Success : PasswordVerification.Failed)
        );
    }

    [Test]
    public async Task The_last_of_128_characters_is_significant()
    {
        var hash = (await _hashing.HashAsync(Longest, default)).Value;

        Assert.That(await VerifyAsync(hash, Longest), Is.EqualTo(PasswordVerification.Success));
        Assert.That(await VerifyAsync(hash, Longest[..127] + "c"), Is.EqualTo(PasswordVerification.Failed));
        Assert.That(await VerifyAsync(hash, Longest[..127]), Is.EqualTo(PasswordVerification.Failed));
    }

    [Test]
    public async Task Nothing_matches_a_missing_hash()
    {
        var result = await _hashing.VerifyAsync(hash: null, "correct horse battery staple", default);

        Assert.That((result.IsSuccess, result.Value), Is.EqualTo((true, PasswordVerification.Failed)));
    }

    [TestCase(Iterations + 1, PasswordVerification.SuccessRehashNeeded)]
    [TestCase(Iterations, PasswordVerification.Success)]
    [TestCase(Iterations - 1, PasswordVerification.Success)]
    public async Task A_hash_with_fewer_iterations_than_configured_is_weak(int today, PasswordVerification verification)
    {
        var hash = (await _hashing.HashAsync("correct horse battery staple", default)).Value;
        var hashingOfToday = new PasswordHashing(_gate, new AccountOptions { PasswordIterations = today });

        Assert.That(
            (await hashingOfToday.VerifyAsync(hash, "correct horse battery staple", default)).Value,
            Is.EqualTo(verification)
        );
        Assert.That(
            (await hashingOfToday.VerifyAsync(hash, "wrong horse battery staple", default)).Value,
            Is.EqualTo(PasswordVerification.Failed)
        );
    }

    [Test]
    public async Task A_hash_is_PBKDF2_with_HMAC_SHA512_a_random_salt_and_the_configured_iterations()
    {
        var hash = await HashAsync();

        // This is version 3 of Identity's format: marker, pseudo-random function, iterations, length of the salt, salt, key.
        Assert.That(hash[0], Is.EqualTo(1));
        Assert.That(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)), Is.EqualTo(2), "HMAC-SHA512");
        Assert.That(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)), Is.EqualTo(Iterations));
        Assert.That(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)), Is.EqualTo(16));
        Assert.That(hash, Has.Length.EqualTo(13 + 16 + 32));
        Assert.That(await HashAsync(), Is.Not.EqualTo(hash));
    }

    private async Task<PasswordVerification> VerifyAsync(string? hash, string password) =>
        (await _hashing.VerifyAsync(hash, password, default)).Value;

    private async Task<byte[]> HashAsync() =>
        Convert.FromBase64String((await _hashing.HashAsync("correct horse battery staple", default)).Value!);
}
