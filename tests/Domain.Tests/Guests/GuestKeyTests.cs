using Fitnessify.Domain.Guests;

namespace Fitnessify.Domain.Tests.Guests;

public sealed class GuestKeyTests
{
    // It is stored, so that it may never change.
    [TestCase(
        "00112233-4455-6677-8899-aabbccddeeff",
        "a8faed6abbf35c12a4b26e40f6feb19d736d90045c83b9f9a31f638d323e6811"
    )]
    public void The_digest_of_a_key_is_that_of_its_bytes_in_network_order(string key, string digest) =>
        Assert.That(Convert.ToHexStringLower(GuestKey.Hash(Guid.Parse(key))), Is.EqualTo(digest));

    [Test]
    public void Different_keys_have_different_digests() =>
        Assert.That(
            Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(GuestKey.Hash(Guid.NewGuid()))),
            Is.Unique
        );
}
