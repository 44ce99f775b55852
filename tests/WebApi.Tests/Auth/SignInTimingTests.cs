namespace Fitnessify.WebApi.Tests.Auth;

[Explicit("Measures time, so it needs the machine for itself. Run it alone, with --filter SignInTimingTests.")]
[NonParallelizable]
public sealed class SignInTimingTests
{
    // Wrong passwords for one login are limited to 100.
    private const int Logins = 4;

    [Test]
    public async Task Takes_as_long_for_an_unknown_login_as_for_a_wrong_password()
    {
        await using var api = Api.Start(
            new()
            {
                ["Accounts:PasswordIterations"] = "220000",
                ["Accounts:FailedSignInLimit"] = "100",
                ["RateLimits:Enabled"] = "false",
            }
        );
        var client = api.Anonymous();
        List<string> known = [];
        List<string> unknown = [];
        for (var i = 0; i < Logins; i++)
        {
            known.Add((await client.RegisteredAsync()).Username);
            unknown.Add(Person.Random().Username);
        }

        // The first call is slower than all others.
        foreach (var login in known.Concat(unknown))
        {
            await FailAsync(client, login);
        }

        await PairedTimes.AssertEqualAsync(
            "unknown login for wrong password",
            i => FailAsync(client, known[i % Logins]),
            i => FailAsync(client, unknown[i % Logins])
        );
    }

    private static async Task FailAsync(ApiClient client, string login)
    {
        using var response = await client.LoginAsync(login, "Wrong-Kettle-93-Umbrella");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
    }
}
