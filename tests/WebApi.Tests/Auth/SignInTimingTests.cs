using System.Diagnostics;
using System.Globalization;

namespace Fitnessify.WebApi.Tests.Auth;

[Explicit("Measures time, so it needs the machine for itself. Run it alone, with --filter SignInTimingTests.")]
[NonParallelizable]
public sealed class SignInTimingTests
{
    private const int Tries = 200;

    // Wrong passwords for one login are limited to 100 at most.
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

        // What is slow only once.
        foreach (var login in known.Concat(unknown))
        {
            await TimeAsync(client, login);
        }

        List<double> ofKnown = [];
        List<double> ofUnknown = [];
        for (var i = 0; i < Tries; i++)
        {
            ofKnown.Add(await TimeAsync(client, known[i % Logins]));
            ofUnknown.Add(await TimeAsync(client, unknown[i % Logins]));
        }

        var (wrong, nobody) = (Median(ofKnown), Median(ofUnknown));
        var difference = (nobody - wrong) / wrong;
        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Tries} tries each. Medians: wrong password {wrong:0.00} ms, unknown login {nobody:0.00} ms, difference {difference:+0.00%;-0.00%}"
            )
        );
        Assert.That(difference, Is.Zero.Within(0.05));
    }

    private static async Task<double> TimeAsync(ApiClient client, string login)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.LoginAsync(login, "Wrong-Kettle-93-Umbrella");
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
        return elapsed;
    }

    private static double Median(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
