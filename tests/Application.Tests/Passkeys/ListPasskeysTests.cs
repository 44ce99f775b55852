using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Passkeys;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class ListPasskeysTests
{
    [Test]
    public async Task Lists_the_own_ones_on_one_page()
    {
        var ports = new Ports();
        var passkeys = new StoredPasskeys(ports);
        passkeys.Rows.Add(new Passkey("AQID", "Laptop", Given.Now, IsBackedUp: true));

        var page = await new ListPasskeysHandler(ports, passkeys, Given.Mapper).Handle(
            new ListPasskeysQuery(),
            default
        );

        Assert.That(page.Value!.Items, Is.EqualTo([new PasskeyDto("AQID", "Laptop", Given.Now, IsBackedUp: true)]));
        Assert.That(page.Value.NextCursor, Is.Null);
    }
}
