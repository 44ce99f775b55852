using System.Collections.Concurrent;
using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>A message that a push service has accepted.</summary>
/// <param name="Device">The token of the device.</param>
/// <param name="Id">The id of the notification.</param>
/// <param name="Type">What it tells.</param>
/// <param name="TaskId">The id of the task, or null.</param>
/// <param name="Title">The title of the task, or null.</param>
/// <param name="CollapseId">What it replaces.</param>
/// <param name="Body">The body of the request.</param>
/// <param name="Headers">The headers of the request.</param>
internal sealed record PushedMessage(
    string Device,
    string Id,
    string Type,
    string? TaskId,
    string? Title,
    string CollapseId,
    JsonElement Body,
    IReadOnlyDictionary<string, string> Headers
);

/// <summary>The messages that a push service has accepted, and what its devices make of them.</summary>
internal sealed class PushedMessages
{
    private readonly ConcurrentQueue<PushedMessage> _all = new();

    /// <summary>Gets all of them, in order.</summary>
    public IReadOnlyCollection<PushedMessage> All => _all;

    public void Add(PushedMessage message) => _all.Enqueue(message);

    /// <summary>Returns what a device shows now: a second message with the same id replaces the first or takes it back.</summary>
    public IReadOnlyList<PushedMessage> ShownOn(string device)
    {
        List<PushedMessage> shown = [];
        foreach (var message in _all.Where(message => message.Device == device))
        {
            shown.RemoveAll(earlier => earlier.Id == message.Id);
            if (message.Type != "dismiss")
            {
                shown.Add(message);
            }
        }

        return shown;
    }
}
