namespace Fitnessify.Client;

/// <summary>
/// The server has another version of a task or list than the one that this device has changed: a <see cref="TaskConflict"/> or a
/// <see cref="ListConflict"/>.
/// </summary>
public abstract class OfflineConflict
{
    private protected OfflineConflict(Guid id) => Id = id;

    /// <summary>The id of the task or list.</summary>
    public Guid Id { get; }
}

/// <summary>A conflict about a task.</summary>
public sealed class TaskConflict : OfflineConflict
{
    internal TaskConflict(Guid id, TaskDto? seen, TaskDto? mine, TaskDto? theirs, TaskPatch? patch)
        : base(id) => (Base, Mine, Theirs, Patch) = (seen, mine, theirs, patch);

    /// <summary>The task that the user saw before the change; null if the server had not sent it yet.</summary>
    public TaskDto? Base { get; }

    /// <summary>The task that the user wants; null for a deletion.</summary>
    public TaskDto? Mine { get; }

    /// <summary>The task that the server has; null if it has been deleted.</summary>
    public TaskDto? Theirs { get; }

    /// <summary>What <see cref="OfflineResolution.Mine"/> would send; null for a deletion.</summary>
    public TaskPatch? Patch { get; }
}

/// <summary>A conflict about a list.</summary>
public sealed class ListConflict : OfflineConflict
{
    internal ListConflict(Guid id, ListDto? seen, ListDto? mine, ListDto? theirs, ListPatch? patch)
        : base(id) => (Base, Mine, Theirs, Patch) = (seen, mine, theirs, patch);

    /// <summary>The list that the user saw before the change; null if the server had not sent it yet.</summary>
    public ListDto? Base { get; }

    /// <summary>The list that the user wants; null for a deletion.</summary>
    public ListDto? Mine { get; }

    /// <summary>The list that the server has; null if it has been deleted.</summary>
    public ListDto? Theirs { get; }

    /// <summary>What <see cref="OfflineResolution.Mine"/> would send; null for a deletion.</summary>
    public ListPatch? Patch { get; }
}
