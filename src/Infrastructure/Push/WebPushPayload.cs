using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

/// <summary>What the app receives. Only the device can decrypt it.</summary>
internal sealed record WebPushPayload(Guid Id, PushMessageType Type, Guid? TaskId, string? Title)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // A title in any script takes its bytes of UTF-8, so that the longest one fits into a message (RFC 8030, 7.2).
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(PushMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new WebPushPayload(message.Id, message.Type, message.TaskId, message.Title),
            Format
        );
}
