using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>What becomes of a conflict.</summary>
public sealed class OfflineResolution
{
    private OfflineResolution() { }

    private OfflineResolution(ChangeKind kind, object patch) => (Kind, Body) = (kind, OfflineJson.Write(patch));

    /// <summary>
    /// The change of this device applies to what the server has. A task that has been deleted is restored; a list does not come back.
    /// </summary>
    public static OfflineResolution Mine { get; } = new();

    /// <summary>The change of this device is dropped.</summary>
    public static OfflineResolution Theirs { get; } = new();

    internal ChangeKind Kind { get; }

    internal JsonElement? Body { get; }

    /// <summary>The patch takes the place of the change; otherwise like <see cref="Mine"/>.</summary>
    public static OfflineResolution Patch(TaskPatch patch) => new(ChangeKind.Task, patch);

    /// <summary>The patch takes the place of the change; otherwise like <see cref="Mine"/>.</summary>
    public static OfflineResolution Patch(ListPatch patch) => new(ChangeKind.List, patch);
}
