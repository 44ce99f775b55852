using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>A task as the server has acknowledged it.</summary>
/// <param name="Stamp">Unique for each write; stands in the title, the description and a label, which change together.</param>
/// <param name="IsDeleted">Whether it is in the trash.</param>
/// <param name="Version">0 after a deletion, which does not tell it.</param>
internal sealed record Known(string Stamp, bool IsDeleted, long Version)
{
    /// <summary>Of an answer; a stamp that nobody wrote when the parts of it differ.</summary>
    public static Known Of(JsonElement task)
    {
        var title = task.Text("title")!;
        var isWhole =
            title == task.Text("description")
            && task.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).SequenceEqual([title]);
        return new Known(isWhole ? title : $"{task}", false, task.GetProperty("version").GetInt64());
    }

    /// <summary>Whether a later look at the task fits; a tombstone has no stamp.</summary>
    public bool Fits(Known? seen) =>
        seen is not null
        && seen.IsDeleted == IsDeleted
        && (IsDeleted || (seen.Stamp == Stamp && (Version == 0 || seen.Version == Version)));
}

/// <summary>What a request is to make of a task.</summary>
/// <param name="Id">Null when the server chooses it.</param>
/// <param name="After">Its version is not known before.</param>
internal sealed record Change(Guid? Id, Known After)
{
    /// <summary>Writes a new stamp, with the body to send.</summary>
    public static Change Of(Guid? id, out Dictionary<string, object> body)
    {
        var stamp = $"{Guid.NewGuid():N}";
        body = Body(stamp);
        return new Change(id, new Known(stamp, false, 0));
    }

    /// <summary>Every write of a title writes all that carries the stamp.</summary>
    public static Dictionary<string, object> Body(string stamp) =>
        new()
        {
            ["title"] = stamp,
            ["description"] = stamp,
            ["labels"] = new[] { stamp },
        };
}

/// <summary>A request that changes tasks.</summary>
/// <param name="Changes">What it is to do.</param>
/// <param name="IsAtomic">Whether all or nothing.</param>
internal sealed record Flight(IReadOnlyList<Change> Changes, bool IsAtomic);

/// <summary>A user with one device: all that the server has acknowledged, and the one request whose answer is open.</summary>
internal sealed class Account
{
    public string Name { get; } = $"u{Guid.NewGuid():N}"[..20];

    public string Email => $"{Name}@example.test";

    public string Password { get; set; } = "Violet-Kettle-93-Umbrella";

    /// <summary>One that the server may have taken.</summary>
    public string? PasswordInFlight { get; set; }

    public bool IsRegistered { get; set; }

    /// <summary>Null while signed out.</summary>
    public string? AccessToken { get; set; }

    public string RefreshToken { get; set; } = "";

    /// <summary>The one before, which still works for the time of grace; null when that cannot be known.</summary>
    public string? PreviousToken { get; set; }

    /// <summary>Whether the session may have ended.</summary>
    public bool IsLogoutInFlight { get; set; }

    /// <summary>Of a session that has ended.</summary>
    public string? EndedToken { get; set; }

    public Dictionary<Guid, Known> Tasks { get; } = [];

    public Flight? Flight { get; set; }

    public long MaxVersion { get; set; }

    public int Writes { get; set; }

    /// <summary>From an answer of the sync, with the tasks of that moment.</summary>
    public string? SyncToken { get; set; }

    public Dictionary<Guid, Known> Synced { get; set; } = [];

    /// <summary>Notifications that have been seen, and whether they are marked as read.</summary>
    public Dictionary<Guid, bool> Notifications { get; } = [];

    public void Keep(JsonElement tokens)
    {
        AccessToken = tokens.Text("accessToken");
        RefreshToken = tokens.Text("refreshToken")!;
    }
}
