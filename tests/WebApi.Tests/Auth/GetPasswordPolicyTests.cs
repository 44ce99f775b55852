namespace Fitnessify.WebApi.Tests.Auth;

public sealed class GetPasswordPolicyTests
{
    private const string Policy = "/api/v1/auth/password-policy";

    [Test]
    public async Task Returns_the_defaults()
    {
        using var response = await Api.Shared.Anonymous().GetAsync(Policy);
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"minimumLength":12,"maximumLength":128,"minimumScore":3}""")
        );
    }

    [Test]
    public async Task Returns_the_configured_policy()
    {
        await using var api = Api.Start(
            new() { ["Accounts:MinimumPasswordLength"] = "16", ["Accounts:MinimumPasswordScore"] = "4" }
        );
        using var response = await api.Anonymous().GetAsync(Policy);
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"minimumLength":16,"maximumLength":128,"minimumScore":4}""")
        );
    }
}
