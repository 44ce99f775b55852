using System.Text;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Domain.Tests.Mfa;

public sealed class TotpTests
{
    private static readonly byte[] Seed = "12345678901234567890"u8.ToArray();
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly long Step = Totp.StepAt(Now);

    // RFC 6238, appendix B, has eight digits; six-digit codes are their last six.
    [TestCase(59, "94287082")]
    [TestCase(1111111109, "07081804")]
    [TestCase(1111111111, "14050471")]
    [TestCase(1234567890, "89005924")]
    [TestCase(2000000000, "69279037")]
    [TestCase(20000000000, "65353130")]
    public void Computes_the_codes_of_the_RFC_test_vectors(long time, string code) =>
        Assert.That(
            Totp.CodeAt(Seed, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(time))),
            Is.EqualTo(code[^Totp.Digits..])
        );

    // RFC 4226, appendix D, uses the same algorithm with a counter instead of the time.
    [TestCase(0, "755224")]
    [TestCase(1, "287082")]
    [TestCase(2, "359152")]
    [TestCase(3, "969429")]
    [TestCase(4, "338314")]
    [TestCase(5, "254676")]
    [TestCase(6, "287922")]
    [TestCase(7, "162583")]
    [TestCase(8, "399871")]
    [TestCase(9, "520489")]
    public void Computes_the_code_of_a_counter(long step, string code) =>
        Assert.That(Totp.CodeAt(Seed, step), Is.EqualTo(code));

    [TestCase(0, 0)]
    [TestCase(29.999, 0)]
    [TestCase(30, 1)]
    [TestCase(59.999, 1)]
    public void A_step_takes_thirty_seconds(double seconds, long step) =>
        Assert.That(Totp.StepAt(DateTimeOffset.UnixEpoch.AddSeconds(seconds)), Is.EqualTo(step));

    [TestCase(-2, false)]
    [TestCase(-1, true)]
    [TestCase(0, true)]
    [TestCase(1, true)]
    [TestCase(2, false)]
    public void Accepts_the_codes_of_the_current_step_and_its_neighbors(int ahead, bool isTaken) =>
        Assert.That(Find(Totp.CodeAt(Seed, Step + ahead)), Is.EqualTo(isTaken ? Step + ahead : null));

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public void Rejects_a_code_of_the_last_used_step_or_an_earlier_one(int lastUsed, bool isTaken) =>
        Assert.That(Find(Totp.CodeAt(Seed, Step), Step + lastUsed), Is.EqualTo(isTaken ? Step : null));

    // Two steps of one window have the same code about once in 300,000 times, as here.
    [TestCase(-2, -1)]
    [TestCase(-1, 1)]
    [TestCase(0, 1)]
    [TestCase(1, null)]
    public void A_code_that_two_steps_have_works_once_for_each_and_the_earlier_step_is_first(int lastUsed, int? found)
    {
        const long Middle = 61_331_810;
        var now = DateTimeOffset.FromUnixTimeSeconds(Middle * Totp.StepSeconds);
        var code = Totp.CodeAt(Seed, Middle - 1);
        Assert.That(Totp.CodeAt(Seed, Middle + 1), Is.EqualTo(code));

        Assert.That(Totp.FindStep(Seed, code, Middle + lastUsed, now), Is.EqualTo(Middle + found));
    }

    [Test]
    public void Rejects_anything_else([Values("", "1", "12345", "1234567", "abcdef", "١٢٣٤٥٦")] string code) =>
        Assert.That(Find(code), Is.Null);

    [Test]
    public void Rejects_a_code_of_another_seed() => Assert.That(Find(Totp.CodeAt(new byte[20], Step)), Is.Null);

    // These are the vectors of RFC 4648, section 10, without padding.
    [TestCase("", "")]
    [TestCase("f", "MY")]
    [TestCase("fo", "MZXQ")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foob", "MZXW6YQ")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI")]
    [TestCase("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void Encodes_a_seed_in_base_32(string seed, string text) =>
        Assert.That(Totp.ToBase32(Encoding.ASCII.GetBytes(seed)), Is.EqualTo(text));

    private static long? Find(string code, long lastUsedStep = 0) => Totp.FindStep(Seed, code, lastUsedStep, Now);
}
