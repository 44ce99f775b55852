using System.Diagnostics;
using System.Globalization;

namespace Fitnessify.WebApi.Tests.Auth;

[Explicit("Measures time, so it needs the machine for itself. Run it alone, with --filter RecoveryTimingTests.")]
[NonParallelizable]
public sealed class RecoveryTimingTests
{
    private const int Tries = 200;
    private const int WarmUps = 20;

    [TestCase(AccountLinks.Forgot)]
    [TestCase(AccountLinks.Resend)]
    [TestCase(ApiClient.Register)]
    public async Task Takes_as_long_for_an_unknown_address_as_for_a_known_one(string path)
    {
        await using var api = Api.Start(
            new()
            {
                ["Accounts:PasswordIterations"] = "220000",
                ["Accounts:RegistrationPrivacy"] = "Private",
                ["RateLimits:Enabled"] = "false",
            }
        );
        var client = api.Anonymous();
        var owner = Person.Random();
        using var registered = await client.RegisterAsync(owner);
        var link = (await api.LinksToAsync(owner.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));

        List<double> ofKnown = [];
        List<double> ofUnknown = [];
        for (var i = 0; i < WarmUps + Tries; i++)
        {
            ofKnown.Add(await TimeAsync(client, path, owner.Email));
            ofUnknown.Add(await TimeAsync(client, path, Person.Random().Email));
        }

        var (known, unknown) = (Median(ofKnown.Skip(WarmUps)), Median(ofUnknown.Skip(WarmUps)));
        var difference = (unknown - known) / known;
        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}, {Tries} tries each. Medians: known address {known:0.00} ms, unknown {unknown:0.00} ms, difference {difference:+0.00%;-0.00%}"
            )
        );
        Assert.That(difference, Is.Zero.Within(0.05));
    }

    private static async Task<double> TimeAsync(ApiClient client, string path, string email)
    {
        object body = path == ApiClient.Register ? Person.Random() with { Email = email } : new { email };
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync(path, body);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("202"));
        return elapsed;
    }

    private static double Median(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
