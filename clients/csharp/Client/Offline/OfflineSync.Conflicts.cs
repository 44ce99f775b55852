using System.Text.Json;

namespace Fitnessify.Client;

internal sealed partial class OfflineSync
{
    private async Task ResolveAsync(OpenConflict conflict)
    {
        var (change, theirs, rest, byDefault) = conflict;
        if (conflict.IsForbiddenMove)
        {
            theirs = await UnlessGoneAsync(new ApiRequest("GET", $"api/v1/tasks/{change.Id}")).ConfigureAwait(false);
            if (theirs is null)
            {
                (rest, byDefault) = (change.Content, OfflineResolution.Theirs);
            }
        }

        var resolution = options.OnConflict is { } callback
            ? await callback(Describe(change, theirs, rest), ct).ConfigureAwait(false)
            : byDefault;
        if (resolution.Body is not null && resolution.Kind != change.Kind)
        {
            throw new ArgumentException("The patch of the resolution is not one of what the conflict is about.");
        }

        var isNothingLeft = resolution == OfflineResolution.Mine && rest?.IsEmpty() == true;
        var isGone = theirs is null && change.Kind == ChangeKind.List;
        if (resolution == OfflineResolution.Theirs || isNothingLeft || isGone)
        {
            await WriteAsync(() => records.Acknowledge(change, theirs)).ConfigureAwait(false);
            return;
        }

        if (theirs is null)
        {
            var restore = new ApiRequest("POST", $"api/v1/tasks/{change.Id}/restore") { IsRepeatable = true };
            theirs = await UnlessGoneAsync(restore).ConfigureAwait(false);
        }

        var again = resolution.Body is { } patch ? change.AsPatch(patch) : change.WithBody(rest);
        await WriteAsync(() => theirs is null ? records.Acknowledge(change, null) : Again(again.WithBase(theirs)))
            .ConfigureAwait(false);
    }

    private OfflineConflict Describe(OfflineChange change, JsonElement? theirs, JsonElement? rest)
    {
        var (kind, id) = (change.Kind, change.Id);
        var seen = change.Seen ?? records.ConfirmedItem(kind, id) ?? records.View(view => view.Find(kind, id));
        var mine = ItemCopies.Apply(change, seen, records.TimeZone);
        return kind == ChangeKind.Task
            ? new TaskConflict(
                id,
                change.Base<TaskDto>(),
                OfflineJson.Read<TaskDto>(mine),
                OfflineJson.Read<TaskDto>(theirs),
                OfflineJson.Read<TaskPatch>(rest)
            )
            : new ListConflict(
                id,
                change.Base<ListDto>(),
                OfflineJson.Read<ListDto>(mine),
                OfflineJson.Read<ListDto>(theirs),
                OfflineJson.Read<ListPatch>(rest)
            );
    }

    private async Task<JsonElement?> UnlessGoneAsync(ApiRequest request)
    {
        try
        {
            return await CallAsync<JsonElement?>(request).ConfigureAwait(false);
        }
        catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A change to which the server has something against.</summary>
    /// <param name="Change">The change.</param>
    /// <param name="Theirs">The item of the server; null if it is gone, or not known yet.</param>
    /// <param name="Rest">The part of the patch that is sent again; null for a deletion.</param>
    /// <param name="ByDefault">What becomes of it without a callback.</param>
    private sealed record OpenConflict(
        OfflineChange Change,
        JsonElement? Theirs,
        JsonElement? Rest,
        OfflineResolution ByDefault
    )
    {
        /// <summary>Whether the server refused to change the status like this; the item has to be fetched then.</summary>
        public bool IsForbiddenMove { get; init; }
    }
}
