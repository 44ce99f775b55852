namespace Fitnessify.WebApi.Tests.Operations;

public sealed class PublicUrlTests
{
    private const string Warning = "App:PublicUrl is local";

    [TestCase("Production", "http://localhost:5080", true)]
    [TestCase("Production", "http://127.0.0.1", true)]
    [TestCase("Production", "https://fitnessify.example.org", false)]
    [TestCase("Development", "http://localhost:5080", false)]
    public async Task Warns_at_a_start_in_Production_when_nobody_else_can_follow_the_links(
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
}
