using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>What a push message is about. Unknown stands for a value that this version of the client does not know.</summary>
public enum PushMessageType
{
    /// <summary>A later version of the server sends this type; <see cref="PushMessage.TypeText"/> holds its name.</summary>
    Unknown,

    /// <summary>A task is overdue.</summary>
    TaskOverdue,

    /// <summary>A task is due soon.</summary>
    TaskReminder,

    /// <summary>The notification with this id was read, completed or snoozed on another device, so this device takes it back.</summary>
    Dismiss,

    /// <summary>The user wants to see that messages arrive.</summary>
    Test,
}

/// <summary>A message of the server to a device.</summary>
public sealed class PushMessage
{
    private PushMessage(Guid id, string type, Guid? taskId, string? title) =>
        (Id, TypeText, TaskId, Title) = (id, type, taskId, title);

    /// <summary>The id of the notification. What is shown for it replaces what was shown for the same id before.</summary>
    public Guid Id { get; }

    /// <summary>What the message is about.</summary>
    public PushMessageType Type =>
        TypeText switch
        {
            "taskOverdue" => PushMessageType.TaskOverdue,
            "taskReminder" => PushMessageType.TaskReminder,
            "dismiss" => PushMessageType.Dismiss,
            "test" => PushMessageType.Test,
            _ => PushMessageType.Unknown,
        };

    /// <summary>The type as the server has sent it.</summary>
    public string TypeText { get; }

    /// <summary>The id of the task; null in a test.</summary>
    public Guid? TaskId { get; }

    /// <summary>
    /// The title of the task; null unless the device was registered with a preview, and in messages of APNs, whose alert has it.
    /// </summary>
    public string? Title { get; }

    /// <summary>
    /// Reads the payload of a message, or the <c>userInfo</c> of APNs as JSON. Members that are unknown are ignored, and so are a
    /// task and a title that cannot be read.
    /// </summary>
    /// <returns>The message, or null if this is none: an app may receive push messages of others as well.</returns>
    public static PushMessage? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? Read(name => TextOf(root, name))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the <c>data</c> of a message of FCM, as <see cref="Parse(string)"/> does.</summary>
    /// <returns>The message, or null if this is none: an app may receive push messages of others as well.</returns>
    public static PushMessage? Parse(IEnumerable<KeyValuePair<string, string>> data)
    {
        var members = data.ToDictionary(member => member.Key, member => member.Value);
        return Read(name => members.TryGetValue(name, out var text) ? text : null);
    }

    private static PushMessage? Read(Func<string, string?> member) =>
        IdOf(member("id")) is { } id && member("type") is { Length: > 0 } type
            ? new(id, type, IdOf(member("taskId")), member("title") is { Length: > 0 } title ? title : null)
            : null;

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    private static Guid? IdOf(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : null;
}
