using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Client;

/// <summary>What a change does.</summary>
public enum OfflineOperation
{
    /// <summary>It creates a task or list.</summary>
    Create,

    /// <summary>It changes members of a task or list.</summary>
    Patch,

    /// <summary>It deletes a task or list.</summary>
    Delete,
}

/// <summary>A change that waits to be sent. It does not change itself.</summary>
public sealed class OfflineChange
{
    private const string Prefix = "change/";

    private readonly JsonElement? _problem;

    internal OfflineChange(
        long sequence,
        ChangeKind kind,
        OfflineOperation op,
        Guid id,
        DateTimeOffset at,
        JsonElement? content,
        JsonElement? seen,
        JsonElement? problem = null
    )
    {
        (Sequence, Kind, Op, Id, At) = (sequence, kind, op, id, at);
        (Content, Seen, _problem) = (content, seen, problem);
    }

    /// <summary>Its number. Changes are sent in the order of their numbers.</summary>
    public long Sequence { get; }

    /// <summary>Whether it changes a task or a list.</summary>
    public ChangeKind Kind { get; }

    /// <summary>What it does.</summary>
    public OfflineOperation Op { get; }

    /// <summary>The id of the task or list.</summary>
    public Guid Id { get; }

    /// <summary>When it was made on this device, in UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>
    /// Why the server has rejected the change, which waits for <see cref="OfflineReplica.DiscardAsync"/> or to be retried then; null
    /// if it has not.
    /// </summary>
    public Problem? Problem => OfflineJson.Read<Problem>(_problem);

    internal JsonElement? Content { get; }

    internal JsonElement? Seen { get; }

    internal bool IsRejected => _problem is not null;

    internal string Key => Prefix + Sequence.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>Returns what is written, or null for a deletion.</summary>
    /// <typeparam name="T">TaskInput or ListInput for a creation, TaskPatch or ListPatch for a patch.</typeparam>
    public T? Body<T>()
        where T : class => OfflineJson.Read<T>(Content);

    /// <summary>
    /// Returns the task or list that the user saw; null if the server had not sent it yet, or if an earlier change of it waits.
    /// </summary>
    /// <typeparam name="T">TaskDto or ListDto.</typeparam>
    public T? Base<T>()
        where T : class => OfflineJson.Read<T>(Seen);

    internal OfflineChange WithBase(JsonElement? seen) => new(Sequence, Kind, Op, Id, At, Content, seen, _problem);

    /// <summary>Returns the change with another body, which the server has not rejected yet.</summary>
    internal OfflineChange WithBody(JsonElement? content) => new(Sequence, Kind, Op, Id, At, content, Seen);

    internal OfflineChange AsPatch(JsonElement content) =>
        new(Sequence, Kind, OfflineOperation.Patch, Id, At, content, Seen);

    internal OfflineChange RejectedFor(JsonElement problem) => new(Sequence, Kind, Op, Id, At, Content, Seen, problem);

    internal OfflineRecord ToRecord()
    {
        var json = new JsonObject
        {
            ["sequence"] = Sequence,
            ["kind"] = OfflineRecords.NameOf(Kind),
            ["op"] = NameOf(Op),
            ["id"] = Id.ToString(),
            ["at"] = OfflineJson.Format(At),
            ["body"] = Content?.ToNode(),
            ["base"] = Seen?.ToNode(),
            ["problem"] = _problem?.ToNode(),
        };
        return new OfflineRecord(Key, json.ToJsonString());
    }

    /// <exception cref="FormatException">This is no change.</exception>
    internal static OfflineChange Read(JsonElement json) =>
        new(
            json.GetProperty("sequence").GetInt64(),
            json.Text("kind") == OfflineRecords.NameOf(ChangeKind.List) ? ChangeKind.List : ChangeKind.Task,
            json.Text("op") switch
            {
                "create" => OfflineOperation.Create,
                "patch" => OfflineOperation.Patch,
                "delete" => OfflineOperation.Delete,
                var op => throw new FormatException($"This is not an operation: {op}"),
            },
            json.GetProperty("id").GetGuid(),
            json.GetProperty("at").GetDateTimeOffset(),
            json.Member("body"),
            json.Member("base"),
            json.Member("problem")
        );

    internal static string NameOf(OfflineOperation op) =>
        op switch
        {
            OfflineOperation.Create => "create",
            OfflineOperation.Patch => "patch",
            _ => "delete",
        };
}
