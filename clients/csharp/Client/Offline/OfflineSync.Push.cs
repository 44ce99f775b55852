using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Client;

internal sealed partial class OfflineSync
{
    // The server accepts at most 100 operations and 1 MiB in one batch.
    private const int MaxOperations = 100;
    private const int MaxLength = 500_000;

    // A batch that was refused as a whole does not say which of its operations is the cause.
    private readonly HashSet<long> _alone = [];

    private async Task PushAsync()
    {
        while (NextChanges() is { Count: > 0 } changes)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await SettleAsync(changes, await SendAsync(changes).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (FitnessifyException refusal) when (IsRefusal(refusal.Status, refusal.CodeText))
            {
                if (changes.Count > 1)
                {
                    _alone.UnionWith(changes.Select(change => change.Sequence));
                }
                else
                {
                    await SettleAsync(changes, [new Outcome(null, refusal.Answer)]).ConfigureAwait(false);
                }
            }
        }
    }

    // The other failures say nothing about the change itself. A proxy can refuse what is too large, but says nothing else about it.
    private static bool IsRefusal(int status, string code) =>
        status == 413
        || (status is 400 or 404 or 409 or 412 or 422 && !code.StartsWith("http_", StringComparison.Ordinal));

    /// <summary>Returns the changes of the next request, oldest first, without those that depend on a rejected one.</summary>
    private List<OfflineChange> NextChanges()
    {
        List<OfflineChange> next = [];
        HashSet<Guid> ids = [];
        // These wait, and so do the later changes of them.
        HashSet<(ChangeKind Kind, Guid Id)> blocked = [];
        HashSet<Guid> missingLists = [];
        var length = 0;
        foreach (var change in records.Changes)
        {
            var predecessor = change.Kind == ChangeKind.Task ? records.PredecessorOf(change.Id) : null;
            if (
                change.IsRejected
                || blocked.Contains((change.Kind, change.Id))
                || (predecessor is { } before && blocked.Contains((ChangeKind.Task, before)))
                || (change.Content?.Uuid("listId") is { } list && missingLists.Contains(list))
            )
            {
                blocked.Add((change.Kind, change.Id));
                if (change is { Kind: ChangeKind.List, Op: OfflineOperation.Create })
                {
                    missingLists.Add(change.Id);
                }

                continue;
            }

            length += LengthOf(change);
            var isAlone = change.Kind == ChangeKind.List || _alone.Contains(change.Sequence);
            // The server makes a successor only if it accepts the completion, which it may have to be sent once more for.
            var isLater = ids.Contains(change.Id) || (predecessor is { } needed && ids.Contains(needed));
            if (next.Count > 0 && (isAlone || isLater || next.Count == MaxOperations || length > MaxLength))
            {
                break;
            }

            next.Add(change);
            ids.Add(change.Id);
            if (isAlone)
            {
                break;
            }
        }

        return next;
    }

    private async Task<List<Outcome>> SendAsync(List<OfflineChange> changes)
    {
        if (changes[0].Kind == ChangeKind.List)
        {
            return [new Outcome(await SendListAsync(changes[0]).ConfigureAwait(false), null)];
        }

        var body = new JsonObject { ["operations"] = new JsonArray([.. changes.Select(OperationOf)]) };
        // Without an answer, the next sync would send it again, too.
        var request = new ApiRequest("POST", "api/v1/tasks/batch") { IsRepeatable = true };
        var answer = await CallAsync<JsonElement?>(request.WithBody(body.ToElement())).ConfigureAwait(false);
        var results = answer!.Value.GetProperty("results");
        if (results.GetArrayLength() != changes.Count)
        {
            throw new ConnectionException("The answer to a batch has another number of results.");
        }

        return
        [
            .. results.EnumerateArray().Select(result => new Outcome(result.Member("task"), result.Member("problem"))),
        ];
    }

    private async Task<JsonElement?> SendListAsync(OfflineChange change)
    {
        var path = $"api/v1/lists/{change.Id}";
        var ifMatch = change.Seen is { } seen ? $"\"{seen.Version()}\"" : null;
        switch (change.Op)
        {
            case OfflineOperation.Create:
                var create = new ApiRequest("PUT", path).WithHeader("If-None-Match", "*").WithBody(change.Content);
                return await CallAsync<JsonElement?>(create).ConfigureAwait(false);
            case OfflineOperation.Patch:
                var patch = new ApiRequest("PATCH", path) { IsRepeatable = true }.WithHeader("If-Match", ifMatch);
                return await CallAsync<JsonElement?>(patch.WithBody(change.Content)).ConfigureAwait(false);
            default:
                var delete = new ApiRequest("DELETE", path).WithHeader("If-Match", ifMatch);
                await CallAsync<JsonElement>(delete).ConfigureAwait(false);
                return null;
        }
    }

    private JsonObject OperationOf(OfflineChange change)
    {
        var content = change.Content;
        // The server may have got the task only after it was done.
        if (
            content?.Time("completedAt") < records.ConfirmedItem(ChangeKind.Task, change.Id)?.Time("createdAt")
            && change.Op == OfflineOperation.Patch
        )
        {
            var createdAt = records.ConfirmedItem(ChangeKind.Task, change.Id)?.Text("createdAt");
            content = content!.Value.With("completedAt", createdAt);
        }

        return new JsonObject
        {
            ["op"] = OfflineChange.NameOf(change.Op),
            ["id"] = change.Id.ToString(),
            ["ifMatch"] = change.Op == OfflineOperation.Create ? null : change.Seen?.Version(),
            ["task"] = content?.ToNode(),
        };
    }

    private static int LengthOf(OfflineChange change) => 200 + (change.Content?.GetRawText().Length ?? 0);

    /// <summary>What the server has answered to a change: the item, null after a deletion, or why it refused.</summary>
    private readonly record struct Outcome(JsonElement? Item, JsonElement? Problem);
}
