using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>A task as the server has acknowledged it.</summary>
/// <param name="Stamp">The stamp is unique for each write. Every write puts it into the title, the description and a label.</param>
/// <param name="IsDeleted">The value is true when the task is in the trash.</param>
/// <param name="Version">The version is 0 after a deletion, because its response does not contain one.</param>
internal sealed record Known(string Stamp, bool IsDeleted, long Version)
{
    /// <summary>The stamp of a task that was only half written is its whole JSON, which matches no stamp of a write.</summary>
    public static Known Of(JsonElement task)
    {
        var title = task.Text("title")!;
        var isConsistent =
            title == task.Text("description")
            && task.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).SequenceEqual([title]);
        return new Known(isConsistent ? title : $"{task}", false, task.GetProperty("version").GetInt64());
    }

    /// <summary>The stamp of a deleted task is not compared, because a tombstone has none.</summary>
    public bool Matches(Known? seen) =>
        seen is not null
        && seen.IsDeleted == IsDeleted
        && (IsDeleted || (seen.Stamp == Stamp && (Version == 0 || seen.Version == Version)));
}

/// <summary>A change is the state that a request should give to a task.</summary>
/// <param name="Id">The id is null when the server chooses it.</param>
/// <param name="After">The expected state has version 0, because the version is not known before the response.</param>
internal sealed record Change(Guid? Id, Known After)
{
    public static Change Of(Guid? id, out Dictionary<string, object> body)
    {
        var stamp = $"{Guid.NewGuid():N}";
        body = Body(stamp);
        return new Change(id, new Known(stamp, false, 0));
    }

    public static Dictionary<string, object> Body(string stamp) =>
        new()
        {
            ["title"] = stamp,
            ["description"] = stamp,
            ["labels"] = new[] { stamp },
        };
}

/// <summary>A flight is a request for changes that has no response yet; an atomic one applies all of them or none.</summary>
internal sealed record Flight(IReadOnlyList<Change> Changes, bool IsAtomic);

/// <summary>The model of a user with one device: all acknowledged changes, and the one request that has no response yet.</summary>
internal sealed class Account
{
    public string Name { get; } = $"u{Guid.NewGuid():N}"[..20];

    public string Email => $"{Name}@example.test";

    public string Password { get; set; } = "Violet-Kettle-93-Umbrella";

    /// <summary>The server may have accepted this password, but has not acknowledged it.</summary>
    public string? PasswordInFlight { get; set; }

    public bool IsRegistered { get; set; }

    /// <summary>The token is null while the user is signed out.</summary>
    public string? AccessToken { get; set; }

    public string RefreshToken { get; set; } = "";

    /// <summary>This token is valid until the grace period ends; it is null when the last rotation has an unknown result.</summary>
    public string? PreviousRefreshToken { get; set; }

    /// <summary>The session may have been revoked while this is true.</summary>
    public bool IsLogoutInFlight { get; set; }

    /// <summary>The server must refuse this access token, because its session was revoked.</summary>
    public string? RevokedToken { get; set; }

    public Dictionary<Guid, Known> Tasks { get; } = [];

    public Flight? Flight { get; set; }

    public long MaxVersion { get; set; }

    public int Writes { get; set; }

    /// <summary>The token of the last sync; <see cref="Synced"/> has the tasks that belong to it.</summary>
    public string? SyncToken { get; set; }

    public Dictionary<Guid, Known> Synced { get; set; } = [];

    /// <summary>The value of a notification is true when the server has acknowledged that it was read.</summary>
    public Dictionary<Guid, bool> Notifications { get; } = [];

    public void KeepTokens(JsonElement tokens)
    {
        AccessToken = tokens.Text("accessToken");
        RefreshToken = tokens.Text("refreshToken")!;
    }
}
