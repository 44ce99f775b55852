using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class ListPasskeysTests : PasskeyTests
{
    [Test]
    public async Task Lists_the_passkeys_of_the_caller_oldest_first_on_one_page()
    {
        await AddAsync("Of another user");
        await SignInNewUserAsync();
        List<PasskeyDto> added = [];
        foreach (var name in new[] { "Phone", null, "Laptop" })
        {
            using var authenticator = PasskeyCalls.Authenticator();
            added.Add((await SendAsync(await Server.RegistrationAsync(authenticator, Password, name))).Value!);
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var page = (await SendAsync(new ListPasskeysQuery())).Value!;

        Assert.That(page.Items, Is.EqualTo(added));
        Assert.That(page.Items.Select(passkey => passkey.Name), Is.EqualTo(["Phone", null, "Laptop"]));
        Assert.That(page.Items[0].CreatedAt, Is.EqualTo(Given.Now));
        Assert.That(page.NextCursor, Is.Null);
    }
}
