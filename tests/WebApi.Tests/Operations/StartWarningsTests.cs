namespace Fitnessify.WebApi.Tests.Operations;

public sealed class StartWarningsTests
{
    private const string Warning = "App:PublicUrl is local";

    [TestCase("Production", "http://localhost:5080", true)]
    [TestCase("Production", "http://127.0.0.1", true)]
    [TestCase("Production", "https://fitnessify.example.org", false)]
    [TestCase("Development", "http://localhost:5080", false)]
    public async Task Warns_in_Production_when_links_lead_to_this_machine_only(
        string environment,
        string url,
        bool warns
    )
    {
        await using var api = Api.Start(
            new()
            {
                ["environment"] = environment,
                ["App:PublicUrl"] = url,
                ["Accounts:PasswordIterations"] = null,
            }
        );

        Assert.That(
            api.Log.Lines.Count(line => line.Contains(Warning, StringComparison.Ordinal)),
            Is.EqualTo(warns ? 1 : 0)
        );
    }

    [TestCase("App:PublicUrl", "http://fitnessify.example.org", "App:PublicUrl is not https")]
    [TestCase("Mail:Mode", "Pickup", "Mail:Mode is Pickup")]
    [TestCase("DataProtection:CertificatePath", null, "DataProtection:CertificatePath is not set")]
    public async Task Warns_in_Production_about_settings_for_trying_out(string key, string? value, string warning)
    {
        await using var production = Api.Start(
            new()
            {
                ["environment"] = "Production",
                [key] = value,
                ["Accounts:PasswordIterations"] = null,
            }
        );

        Assert.That(production.Log.Lines, Has.Some.Contains(warning));
        Assert.That(Api.Shared.Log.Lines, Has.None.Contains(warning));
    }

    [Test]
    public async Task Warns_once_in_Production_about_an_unknown_proxy()
    {
        await using var api = Api.Start(
            new()
            {
                ["environment"] = "Production",
                ["Transport:RequireHttps"] = "false",
                ["Accounts:PasswordIterations"] = null,
            }
        );
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
            request.Headers.Add("X-Forwarded-For", "192.0.2.1");
            using var response = await api.Anonymous().SendAsync(request);
        }

        Assert.That(api.Log.Lines, Has.Exactly(1).Contains("Transport:KnownProxies"));
    }
}
