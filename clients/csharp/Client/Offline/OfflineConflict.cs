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

/// <summary>The three versions of a conflict.</summary>
/// <typeparam name="TItem">The type of the task or list.</typeparam>
/// <typeparam name="TPatch">The type of its patches.</typeparam>
public abstract class OfflineConflict<TItem, TPatch> : OfflineConflict
    where TItem : class
    where TPatch : class
{
    private protected OfflineConflict(Guid id, TItem? seen, TItem? mine, TItem? theirs, TPatch? patch)
        : base(id) => (Base, Mine, Theirs, Patch) = (seen, mine, theirs, patch);

    /// <summary>What the user saw before the change; null if the server had not sent it yet.</summary>
    public TItem? Base { get; }

    /// <summary>What the user wants; null for a deletion.</summary>
    public TItem? Mine { get; }

    /// <summary>What the server has; null if it has been deleted.</summary>
    public TItem? Theirs { get; }

    /// <summary>What <see cref="OfflineResolution.Mine"/> would send; null for a deletion.</summary>
    public TPatch? Patch { get; }
}

/// <summary>A conflict about a task.</summary>
public sealed class TaskConflict : OfflineConflict<TaskDto, TaskPatch>
{
    internal TaskConflict(Guid id, TaskDto? seen, TaskDto? mine, TaskDto? theirs, TaskPatch? patch)
        : base(id, seen, mine, theirs, patch) { }
}

/// <summary>A conflict about a list.</summary>
public sealed class ListConflict : OfflineConflict<ListDto, ListPatch>
{
    internal ListConflict(Guid id, ListDto? seen, ListDto? mine, ListDto? theirs, ListPatch? patch)
        : base(id, seen, mine, theirs, patch) { }
}
