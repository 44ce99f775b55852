using Fitnessify.Infrastructure.Mfa;

namespace Fitnessify.Infrastructure.Tests.Mfa;

public sealed class RecoveryCodeFormatTests
{
    [Test]
    public void A_user_gets_ten_distinct_readable_codes()
    {
        var codes = RecoveryCodeFormat.Create();

        Assert.That(codes, Has.Count.EqualTo(10).And.Unique);
        Assert.That(codes, Is.All.Match("^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$"));
        Assert.That(RecoveryCodeFormat.Create(), Has.None.AnyOf([.. codes]));
    }

    [TestCase("K7M2P-X4D9Q")]
    [TestCase("k7m2px4d9q")]
    [TestCase(" k7m2p x4d9q\t")]
    [TestCase("k7-m2-px-4d-9q")]
    public void A_code_matches_in_any_case_and_grouping(string typed) =>
        Assert.That(Hash(typed), Is.EqualTo(Hash("k7m2p-x4d9q")));

    [TestCase("O1iLl-00000", "01111-00000")]
    [TestCase("oOo00-1iI1l", "00000-11111")]
    public void A_code_matches_when_a_letter_looks_like_a_digit(string typed, string code) =>
        Assert.That(Hash(typed), Is.EqualTo(Hash(code)));

    [TestCase("k7m2p-x4d9r")]
    [TestCase("k7m2p-x4d9")]
    [TestCase("k7m2p-x4d9q0")]
    [TestCase("")]
    public void A_code_does_not_match_when_anything_else_differs(string typed) =>
        Assert.That(Hash(typed), Is.Not.EqualTo(Hash("k7m2p-x4d9q")));

    [Test]
    public void A_code_has_another_hash_for_another_user_or_key()
    {
        var (key, otherKey) = (new byte[32], new byte[] { 1 });
        Assert.That(
            RecoveryCodeFormat.Hash(key, Guid.NewGuid(), "k7m2p-x4d9q"),
            Is.Not.EqualTo(RecoveryCodeFormat.Hash(key, Guid.NewGuid(), "k7m2p-x4d9q"))
        );
        Assert.That(
            RecoveryCodeFormat.Hash(key, Guid.Empty, "k7m2p-x4d9q"),
            Is.Not.EqualTo(RecoveryCodeFormat.Hash(otherKey, Guid.Empty, "k7m2p-x4d9q"))
        );
    }

    private static byte[] Hash(string typed) => RecoveryCodeFormat.Hash(new byte[32], Guid.Empty, typed);
}
