using System.Text.Json;

namespace Fitnessify.Client;

internal sealed partial class OfflineSync
{
    private const string NotFound = "not_found";

    // The answers of one request are stored in one write. Conflicts are resolved afterwards, because that can take long.
    private async Task SettleAsync(List<OfflineChange> changes, List<Outcome> outcomes)
    {
        List<OpenConflict> conflicts = [];
        JsonElement? unanswered = null;
        await WriteAsync(() =>
            {
                List<OfflineRecord> written = [];
                foreach (var (change, outcome) in changes.Zip(outcomes, (change, outcome) => (change, outcome)))
                {
                    if (outcome.Problem is not { } problem)
                    {
                        written.AddRange(records.Acknowledge(change, outcome.Item));
                    }
                    else if (!IsRefusal(problem.GetProperty("status").GetInt32(), problem.Text("code") ?? ""))
                    {
                        unanswered = problem;
                    }
                    else if (Decide(change, problem, written) is { } conflict)
                    {
                        conflicts.Add(conflict);
                    }
                }

                return written;
            })
            .ConfigureAwait(false);
        foreach (var conflict in conflicts)
        {
            await ResolveAsync(conflict).ConfigureAwait(false);
        }

        if (unanswered is { } answer)
        {
            throw FitnessifyException.Of(answer);
        }
    }

    // Adds the records to write, or returns the conflict.
    private OpenConflict? Decide(OfflineChange change, JsonElement problem, List<OfflineRecord> written)
    {
        var code = problem.Text("code");
        if (code == "precondition_failed" && problem.Member("current") is { } current)
        {
            return DecideOn(change, current, written);
        }

        var isList = change.Kind == ChangeKind.List;
        if (code == NotFound && change.Op == OfflineOperation.Patch)
        {
            return new OpenConflict(change, null, change.Content, OfflineResolution.Theirs);
        }

        // There is no trash for lists: one that another device has deleted does not come back.
        if (code == NotFound && (isList || change.Op == OfflineOperation.Delete))
        {
            written.AddRange(records.Acknowledge(change, null));
            return null;
        }

        var content = change.Content;
        if (content?.Uuid("listId") is not null && IsWrong(problem, "listId"))
        {
            written.AddRange(Again(change.WithBody(content.Value.With("listId", null))));
        }
        else if (content?.Member("completedAt") is not null && IsWrong(problem, "completedAt"))
        {
            written.AddRange(Again(change.WithBody(content.Value.Without("completedAt"))));
        }
        else if (
            code == "state_conflict"
            && change.Op == OfflineOperation.Patch
            && content?.Member("status") is not null
        )
        {
            var rest = content.Value.Without("status", "completedAt");
            return new OpenConflict(change, null, rest, OfflineResolution.Mine) { IsForbiddenMove = true };
        }
        else
        {
            written.AddRange(Again(change.RejectedFor(problem)));
        }

        return null;
    }

    private OpenConflict? DecideOn(OfflineChange change, JsonElement current, List<OfflineRecord> written)
    {
        if (change.Op == OfflineOperation.Delete)
        {
            return new OpenConflict(change, current, null, OfflineResolution.Mine);
        }

        var rest = change.Op == OfflineOperation.Create ? null : MergePatch.Rest(change.Content!.Value, current);
        if (rest is null)
        {
            written.AddRange(records.Acknowledge(change, current));
            return null;
        }

        if (change.Seen is { } seen && MergePatch.Overlaps(rest.Value, seen, current))
        {
            return new OpenConflict(change, current, rest, OfflineResolution.Mine);
        }

        written.AddRange(Again(change.WithBody(rest), current));
        return null;
    }

    // Returns the records of a change that is sent again, based on what the server has now, or that waits with its problem. It may have
    // been discarded meanwhile.
    private List<OfflineRecord> Again(OfflineChange change, JsonElement? theirs = null)
    {
        List<OfflineRecord> written = [.. theirs is { } now ? records.Confirm(change.Kind, now) : []];
        if (records.Change(change.Sequence) is not null)
        {
            written.Add((theirs is null ? change : change.WithBase(theirs)).ToRecord());
        }

        return written;
    }

    private static bool IsWrong(JsonElement problem, string member) =>
        problem.Member("errors") is { ValueKind: JsonValueKind.Array } errors
        && errors
            .EnumerateArray()
            .Any(error => error.Text("pointer")?.EndsWith("/" + member, StringComparison.Ordinal) == true);
}
