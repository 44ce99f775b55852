using System.Text.Json;

namespace Fitnessify.Clients.Tests;

/// <summary>The scenarios that both clients share, with the real server.</summary>
public sealed class OfflineScenarioTests
{
    private static readonly string Vectors = Path.Combine(Programs.Root, "clients", "vectors", "offline.json");

    private static IEnumerable<TestCaseData> Scenarios()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Vectors));
        foreach (var scenario in document.RootElement.EnumerateArray())
        {
            yield return new TestCaseData(scenario.Clone()).SetName(scenario.GetProperty("name").GetString());
        }
    }

    [TestCaseSource(nameof(Scenarios))]
    public async Task Scenario(JsonElement scenario)
    {
        await using var run = new OfflineScenario(scenario);
        await run.RunAsync();
    }
}
