namespace Fitnessify.WebApi.Tests.Auth;

[Explicit("Measures time, so it needs the machine for itself. Run it alone, with --filter RecoveryTimingTests.")]
[NonParallelizable]
public sealed class RecoveryTimingTests
{
    private const int WarmUps = 20;

    [TestCase(AccountLinks.Forgot)]
    [TestCase(AccountLinks.Resend)]
    [TestCase(ApiClient.Register)]
    public async Task Takes_as_long_for_an_unknown_address_as_for_a_known_one(string path)
    {
        await using var api = Api.Start(
            new()
            {
                ["Accounts:PasswordIterations"] = "20000",
                ["Accounts:RegistrationPrivacy"] = "Private",
                ["RateLimits:Enabled"] = "false",
            }
        );
        var client = api.Anonymous();
        var owner = Person.Random();
        using var registered = await client.RegisterAsync(owner);
        var link = (await api.LinksToAsync(owner.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));

        for (var i = 0; i < WarmUps; i++)
        {
            await SendAsync(client, path, owner.Email);
            await SendAsync(client, path, Person.Random().Email);
        }

        await PairedTimes.AssertEqualAsync(
            $"{path}, unknown for known address",
            _ => SendAsync(client, path, owner.Email),
            _ => SendAsync(client, path, Person.Random().Email)
        );
    }

    private static async Task SendAsync(ApiClient client, string path, string email)
    {
        object body = path == ApiClient.Register ? Person.Random() with { Email = email } : new { email };
        using var response = await client.PostAsync(path, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("202"));
    }
}
