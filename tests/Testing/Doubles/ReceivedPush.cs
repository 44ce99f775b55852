using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>A message that a browser has received.</summary>
/// <param name="Subscription">The browser.</param>
/// <param name="Topic">The header.</param>
/// <param name="Ttl">The header.</param>
/// <param name="Urgency">The header; without it, <c>normal</c>.</param>
/// <param name="Message">The decrypted body.</param>
/// <param name="Token">The token of the server.</param>
internal sealed record ReceivedPush(
    TestPushSubscription Subscription,
    string Topic,
    TimeSpan Ttl,
    string Urgency,
    JsonElement Message,
    string Token
)
{
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Gets the length of the encrypted body in bytes.</summary>
    public int Size { get; init; }

    public string Type => Message.GetProperty("type").GetString()!;

    public Guid Id => Message.GetProperty("id").GetGuid();
}

/// <summary>A request is not as the standards say.</summary>
internal sealed class PushRefusedException(int status, string problem) : Exception(problem)
{
    public int Status { get; } = status;
}
