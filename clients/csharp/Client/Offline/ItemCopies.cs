using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Client;

/// <summary>Applies changes to copies of tasks and lists in the way of the server.</summary>
internal static class ItemCopies
{
    /// <summary>Returns the item after a change, given the one before; null if there is none.</summary>
    public static JsonElement? Apply(OfflineChange change, JsonElement? item, string timeZone)
    {
        if (change.Op == OfflineOperation.Delete || (change.Op == OfflineOperation.Patch && item is null))
        {
            return null;
        }

        var before = change.Op == OfflineOperation.Patch ? item!.Value.ToObject() : New(change);
        return (
            change.Kind == ChangeKind.Task
                ? PatchTask(before, change, timeZone)
                : Patch(before, change, New(change), [])
        ).ToElement();
    }

    public static bool IsOpen(JsonElement task) => task.Text("status") is "todo" or "inProgress";

    /// <summary>Returns the next task of a series; null if there is none, or if this device cannot compute it.</summary>
    public static JsonElement? Successor(JsonElement task, DateTimeOffset closedAt, string timeZone)
    {
        try
        {
            var successor = Recurrences.Successor(OfflineJson.Read<TaskDto>(task), closedAt, timeZone);
            return successor is null ? null : OfflineJson.Write(successor);
        }
        catch (Exception unknown) when (IsUnknown(unknown) || unknown is JsonException)
        {
            // A newer server may know rules or values that this version of the client does not.
            return null;
        }
    }

    /// <exception cref="ArgumentException">The date or the time of the due is malformed.</exception>
    public static void CheckDue(JsonElement task, string timeZone)
    {
        try
        {
            if (task.Member("due") is { } due)
            {
                Moment(due.ToObject(), timeZone);
            }
        }
        catch (Exception unknown) when (unknown is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            // The server may know the time zone; otherwise it rejects the change.
        }
    }

    private static JsonObject New(OfflineChange change)
    {
        var at = OfflineJson.Format(change.At);
        var item = new JsonObject
        {
            ["id"] = change.Id.ToString(),
            ["position"] = PlaceOf(change),
            ["createdAt"] = at,
            ["updatedAt"] = at,
            ["version"] = 0,
        };
        string[] nulls =
            change.Kind == ChangeKind.List
                ? ["color", "archivedAt"]
                :
                [
                    "description",
                    "due",
                    "dueAt",
                    "recurrence",
                    "seriesId",
                    "occurrence",
                    "listId",
                    "completedAt",
                    "deletedAt",
                ];
        foreach (var name in nulls)
        {
            item[name] = null;
        }

        if (change.Kind == ChangeKind.List)
        {
            item["name"] = "";
            return item;
        }

        (item["title"], item["status"], item["priority"], item["isOverdue"]) = ("", "todo", "normal", false);
        (item["reminders"], item["labels"], item["checklist"]) = (new JsonArray(), new JsonArray(), new JsonObject());
        return item;
    }

    // Null means the value of a new item, and as a position that the item stays where it is until the server places it.
    private static JsonObject Patch(JsonObject item, OfflineChange change, JsonObject defaults, string[] special)
    {
        foreach (var member in change.Content!.Value.EnumerateObject())
        {
            var isNull = member.Value.ValueKind == JsonValueKind.Null;
            if (!special.Contains(member.Name) && !(isNull && member.NameEquals("position")))
            {
                item[member.Name] = isNull ? defaults[member.Name]?.DeepClone() : member.Value.ToNode();
            }
        }

        item["updatedAt"] = OfflineJson.Format(change.At);
        return item;
    }

    private static JsonObject PatchTask(JsonObject task, OfflineChange change, string timeZone)
    {
        var patch = change.Content!.Value;
        var status = (string?)task["status"];
        Patch(task, change, New(change), ["completedAt", "dueAt", "due", "recurrence", "checklist"]);
        if (patch.TryGetProperty("checklist", out var checklist))
        {
            task["checklist"] = PatchChecklist(task["checklist"] as JsonObject, checklist, change);
        }

        if (patch.TryGetProperty("recurrence", out var recurrence))
        {
            var unset = new JsonObject { ["rule"] = "", ["from"] = "due" };
            task["recurrence"] = Merge(task["recurrence"] as JsonObject ?? unset, recurrence);
        }

        var isDueSet = patch.TryGetProperty("due", out var due);
        if (isDueSet)
        {
            var unset = new JsonObject
            {
                ["date"] = "",
                ["time"] = null,
                ["timeZone"] = null,
            };
            task["due"] = Merge(task["due"] as JsonObject ?? unset, due);
        }

        if (patch.TryGetProperty("dueAt", out _))
        {
            (isDueSet, task["due"]) = (true, DueOf(patch.Time("dueAt")));
        }

        if (isDueSet)
        {
            task["dueAt"] = MomentOf(task["due"] as JsonObject, timeZone);
        }

        if ((string?)task["status"] is var moved && moved != status)
        {
            var completedAt = patch.Time("completedAt") ?? change.At;
            task["completedAt"] = moved == "done" ? OfflineJson.Format(completedAt) : null;
        }

        if (task["recurrence"] is not null && task["due"] is JsonObject first && task["seriesId"] is null)
        {
            (task["seriesId"], task["occurrence"]) = (change.Id.ToString(), (string?)first["date"]);
        }

        return task;
    }

    private static JsonObject PatchChecklist(JsonObject? items, JsonElement patch, OfflineChange change)
    {
        // Null in place of all items removes all.
        if (items is null || patch.ValueKind != JsonValueKind.Object)
        {
            items = [];
        }

        var after = (JsonObject)items.DeepClone();
        var parts = patch.ValueKind == JsonValueKind.Object ? patch.EnumerateObject().ToArray() : [];
        for (var index = 0; index < parts.Length; index++)
        {
            var (key, sent) = (parts[index].Name, parts[index].Value);
            if (sent.ValueKind != JsonValueKind.Object)
            {
                after.Remove(key);
            }
            else if (after.ContainsKey(key) || sent.Text("title") is not null)
            {
                // The server puts what has no position at the end, too.
                var place = PlaceOf(change) + index.ToString("D3", CultureInfo.InvariantCulture) + "V";
                var item =
                    after[key]?.DeepClone() as JsonObject
                    ?? new JsonObject
                    {
                        ["title"] = "",
                        ["done"] = false,
                        ["position"] = place,
                    };
                foreach (var member in sent.EnumerateObject())
                {
                    item[member.Name] =
                        member.Value.ValueKind != JsonValueKind.Null ? member.Value.ToNode()
                        : member.NameEquals("position") ? place
                        : member.NameEquals("done") ? false
                        : "";
                }

                after[key] = item;
            }
        }

        return after;
    }

    private static JsonObject? Merge(JsonObject members, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var after = (JsonObject)members.DeepClone();
        foreach (var member in patch.EnumerateObject())
        {
            after[member.Name] = member.Value.ToNode();
        }

        return after;
    }

    private static JsonObject? DueOf(DateTimeOffset? moment)
    {
        if (moment is null)
        {
            return null;
        }

        var (date, time) = DueTimes.Local(moment.Value, "UTC");
        return new JsonObject
        {
            ["date"] = date,
            ["time"] = time,
            ["timeZone"] = "UTC",
        };
    }

    private static string? MomentOf(JsonObject? due, string timeZone)
    {
        try
        {
            return due is null ? null : OfflineJson.Format(Moment(due, timeZone));
        }
        catch (Exception unknown) when (IsUnknown(unknown))
        {
            // What another device writes can leave a due without a date, and the server may know more time zones.
            return null;
        }
    }

    private static DateTimeOffset Moment(JsonObject due, string timeZone) =>
        DueTimes.Moment(((string?)due["date"] ?? "", (string?)due["time"], (string?)due["timeZone"]), timeZone);

    private static bool IsUnknown(Exception failure) =>
        failure is ArgumentException or TimeZoneNotFoundException or InvalidTimeZoneException;

    // What is created last sorts last: this is after the positions that the server gives.
    private static string PlaceOf(OfflineChange change) =>
        "zz" + change.Sequence.ToString("D12", CultureInfo.InvariantCulture) + "V";
}
