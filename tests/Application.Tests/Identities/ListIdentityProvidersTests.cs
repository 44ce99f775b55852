using Fitnessify.Application.Identities;

namespace Fitnessify.Application.Tests.Identities;

public sealed class ListIdentityProvidersTests : IdentityTests
{
    [Test]
    public async Task Lists_what_is_configured_for_anyone()
    {
        var page = (await SendAsync(new ListIdentityProvidersQuery())).Value!;

        Assert.That(
            page.Items.Select(item => (item.Provider, item.Issuer, string.Join(' ', item.ClientIds))),
            Is.EqualTo([
                ("apple", "https://apple.test", "app.apple.test"),
                ("google", "https://google.test", "web.google.test app.google.test"),
            ])
        );
        Assert.That(page.NextCursor, Is.Null);
    }
}
