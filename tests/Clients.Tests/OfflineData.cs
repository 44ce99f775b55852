using System.Text.Json;
using System.Text.Json.Nodes;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>Reads and compares the data of the server and of replicas.</summary>
internal static class OfflineData
{
    /// <summary>Returns all tasks of the user.</summary>
    public static async Task<List<TaskDto>> TasksAsync(FitnessifySession session)
    {
        List<TaskDto> all = [];
        string? cursor = null;
        do
        {
            var page = await session.Api.Tasks.ListAsync(limit: 200, cursor: cursor);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);

        return all;
    }

    /// <summary>Asserts that a replica shows what the server has.</summary>
    public static void AssertEqual(OfflineReplica replica, IEnumerable<TaskDto> tasks, IEnumerable<ListDto> lists)
    {
        Assert.That(replica.GetTasks().Select(ToText), Is.EquivalentTo(tasks.Select(ToText)));
        Assert.That(replica.GetLists().Select(ToText), Is.EquivalentTo(lists.Select(ToText)));
    }

    /// <summary>Returns a value in which the id that it stands for has taken the place of each text that begins with a dollar.</summary>
    public static JsonNode? Fill(JsonElement value, Func<string, Guid> idOf) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(
                value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Fill(member.Value, idOf)))
            ),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Fill(item, idOf))]),
            JsonValueKind.String when value.GetString()!.StartsWith('$') => idOf(value.GetString()![1..]).ToString(),
            _ => JsonValue.Create(value),
        };

    /// <summary>Asserts that members are as expected. Others may be there, but not in a checklist.</summary>
    public static void AssertMatches(JsonElement actual, JsonElement expected, string name)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            var isEqual = expected.ToString() == actual.ToString() || IsSameTime(actual, expected);
            Assert.That(isEqual && actual.ValueKind == expected.ValueKind, $"{name} is {actual} instead of {expected}");
            return;
        }

        Assert.That(actual.ValueKind, Is.EqualTo(JsonValueKind.Object), name);
        if (name == "checklist")
        {
            Assert.That(Names(actual), Is.EquivalentTo(Names(expected)));
        }

        foreach (var member in expected.EnumerateObject())
        {
            AssertMatches(actual.GetProperty(member.Name), member.Value, member.Name);
        }
    }

    private static bool IsSameTime(JsonElement a, JsonElement b) =>
        a.ValueKind == JsonValueKind.String
        && b.ValueKind == JsonValueKind.String
        && a.TryGetDateTimeOffset(out var time)
        && b.TryGetDateTimeOffset(out var other)
        && time == other;

    private static IEnumerable<string> Names(JsonElement value) =>
        value.EnumerateObject().Select(member => member.Name);

    private static string ToText(TaskDto task) => JsonSerializer.Serialize(task);

    private static string ToText(ListDto list) => JsonSerializer.Serialize(list);
}
