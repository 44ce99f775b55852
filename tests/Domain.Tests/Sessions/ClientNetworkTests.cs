using System.Net;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Tests.Sessions;

public sealed class ClientNetworkTests
{
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("2001:db8::1", "2001:DB8:0:0:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8::1", "2001:db8:0:1::1", false)]
    [TestCase("2001:db8::1", "2001:db9::1", false)]
    public void Addresses_share_a_network_only_within_the_first_64_bits_of_IPv6(
        string one,
        string other,
        bool isSame
    ) => Assert.That(ClientNetwork.Of(one) == ClientNetwork.Of(other), Is.EqualTo(isSame));

    [TestCase("192.0.2.1", "192.0.2.1")]
    [TestCase("no address", "no address")]
    [TestCase("", "")]
    [TestCase(null, null)]
    public void A_text_other_than_an_address_of_IPv6_stays_as_it_is(string? text, string? network) =>
        Assert.That(ClientNetwork.Of(text), Is.EqualTo(network));

    [Test]
    public void Requires_an_address() =>
        Assert.That(() => ClientNetwork.Of((IPAddress)null!), Throws.ArgumentNullException);
}
