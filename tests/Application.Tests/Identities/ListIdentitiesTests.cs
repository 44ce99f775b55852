using Fitnessify.Application.Identities;

namespace Fitnessify.Application.Tests.Identities;

public sealed class ListIdentitiesTests : IdentityTests
{
    [Test]
    public async Task Lists_the_identities_of_the_caller_oldest_first_on_one_page()
    {
        var other = await SignUpAsync();
        await StoreAsync(other.UserId, FakeIdentityTokens.NewSubject());
        await SignInNewUserAsync();
        List<IdentityDto> linked = [];
        var addresses = new[] { NewAddress(), null, NewAddress() };
        foreach (var address in addresses)
        {
            var signed = Tokens.Sign(
                FakeIdentityTokens.NewSubject(),
                address,
                provider: address is null ? Apple : Google
            );
            linked.Add((await SendAsync(Link(signed))).Value!);
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var page = (await SendAsync(new ListIdentitiesQuery())).Value!;

        Assert.That(page.Items, Is.EqualTo(linked));
        Assert.That(page.Items.Select(identity => identity.Email), Is.EqualTo(addresses));
        Assert.That(page.Items.Select(identity => identity.Provider), Is.EqualTo(["google", "apple", "google"]));
        Assert.That(page.NextCursor, Is.Null);
    }

    [Test]
    public async Task Lists_nothing_for_a_user_without_identities()
    {
        await SignInNewUserAsync();

        Assert.That((await SendAsync(new ListIdentitiesQuery())).Value!.Items, Is.Empty);
    }
}
