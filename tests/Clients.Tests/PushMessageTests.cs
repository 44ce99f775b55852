using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>Push messages are read as the TypeScript client reads them; the vectors are shared.</summary>
public sealed class PushMessageTests
{
    private static readonly Vector[] Vectors = JsonSerializer.Deserialize<Vector[]>(
        File.ReadAllText(Path.Combine(Programs.Root, "clients", "vectors", "push.json")),
        JsonSerializerOptions.Web
    )!;

    [TestCaseSource(nameof(All))]
    public void A_message_agrees_with_the_vectors(JsonElement data, Message? expected)
    {
        var json = data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText();
        Assert.That(MessageOf(PushMessage.Parse(json)), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Maps))]
    public void The_data_of_FCM_agrees_with_the_vectors(JsonElement data, Message? expected)
    {
        var map = data.Deserialize<Dictionary<string, string>>()!;
        Assert.That(MessageOf(PushMessage.Parse(map)), Is.EqualTo(expected));
    }

    [TestCase("taskOverdue", PushMessageType.TaskOverdue)]
    [TestCase("taskReminder", PushMessageType.TaskReminder)]
    [TestCase("dismiss", PushMessageType.Dismiss)]
    [TestCase("test", PushMessageType.Test)]
    [TestCase("listShared", PushMessageType.Unknown)]
    public void Each_type_has_a_value_and_its_text(string text, PushMessageType expected)
    {
        var message = PushMessage.Parse($$"""{"id":"{{Guid.NewGuid()}}","type":"{{text}}"}""")!;
        Assert.That((message.Type, message.TypeText), Is.EqualTo((expected, text)));
    }

    private static IEnumerable<TestCaseData> All() => Vectors.Select(CaseOf);

    private static IEnumerable<TestCaseData> Maps() => Vectors.Where(vector => IsMap(vector.Data)).Select(CaseOf);

    private static bool IsMap(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object
        && data.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String);

    private static TestCaseData CaseOf(Vector vector) =>
        new TestCaseData(vector.Data, vector.Expected).SetArgDisplayNames(vector.Name);

    private static Message? MessageOf(PushMessage? message) =>
        message is null ? null : new(message.Id, message.TypeText, message.TaskId, message.Title);

    public sealed record Message(Guid Id, string Type, Guid? TaskId, string? Title);

    private sealed record Vector(string Name, JsonElement Data, Message? Expected);
}
