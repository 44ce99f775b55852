namespace Fitnessify.WebApi.Tests.Auth;

public sealed class GetPasswordPolicyTests
{
    private const string Policy = "/api/v1/auth/password-policy";

    [Test]
    public async Task Tells_the_defaults()
    {
        using var answer = await Api.Shared.Anonymous().GetAsync(Policy);
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"minimumLength":12,"maximumLength":128,"minimumScore":3}""")
        );
    }

    [Test]
    public async Task Tells_what_is_configured()
    {
        await using var api = Api.Start(
            new() { ["Accounts:MinimumPasswordLength"] = "16", ["Accounts:MinimumPasswordScore"] = "4" }
        );
        using var answer = await api.Anonymous().GetAsync(Policy);
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"minimumLength":16,"maximumLength":128,"minimumScore":4}""")
        );
    }
}
