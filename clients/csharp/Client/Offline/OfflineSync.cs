using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>One sync: sends the changes that wait, and then fetches what others have changed.</summary>
internal sealed partial class OfflineSync(
    FitnessifySession session,
    OfflineRecords records,
    OfflineOptions options,
    CancellationToken ct
)
{
    private readonly int _generation = records.Generation;

    public async Task RunAsync()
    {
        await CheckOwnerAsync().ConfigureAwait(false);
        await PushAsync().ConfigureAwait(false);
        await PullAsync().ConfigureAwait(false);
    }

    // The user may sign out, and another one in, at any time. What is sent and what is stored must be those of the owner.
    private async Task<T> CallAsync<T>(ApiRequest request)
    {
        ThrowIfOver();
        await CheckOwnerAsync().ConfigureAwait(false);
        T answer;
        try
        {
            answer = await ((IApiSender)session).SendAsync<T>(request, ct).ConfigureAwait(false);
        }
        catch (FitnessifyException refusal) when (refusal is not SignedOutException)
        {
            await CheckOwnerAsync().ConfigureAwait(false);
            throw;
        }

        await CheckOwnerAsync().ConfigureAwait(false);
        return answer;
    }

    private async Task CheckOwnerAsync()
    {
        var sessionId = await session.SessionIdAsync(ct).ConfigureAwait(false);
        if (sessionId is not null && sessionId == records.State.SessionId)
        {
            return;
        }

        var user = await session.Api.Users.GetMeAsync(ct).ConfigureAwait(false);
        await WriteAsync(() =>
            {
                if (records.State.OwnerId is { } owner && owner != user.Id)
                {
                    throw new OfflineException(OfflineErrorReason.OwnerChanged);
                }

                var state = records.State with { OwnerId = user.Id, SessionId = sessionId, TimeZone = user.TimeZone };
                return [state.ToRecord()];
            })
            .ConfigureAwait(false);
    }

    private async Task PullAsync()
    {
        for (var hasMore = true; hasMore; )
        {
            var since = records.State.Since;
            try
            {
                var request = new ApiRequest("GET", "api/v1/changes").WithQuery("since", since).WithQuery("limit", 200);
                var page = (await CallAsync<JsonElement?>(request).ConfigureAwait(false))!.Value;
                hasMore = page.GetProperty("hasMore").GetBoolean();
                await WriteAsync(() => RecordsOf(page)).ConfigureAwait(false);
            }
            catch (FitnessifyException refusal)
                when (since is not null && refusal.Code is ErrorCode.SyncTokenExpired or ErrorCode.InvalidSyncToken)
            {
                // The copies are shown until the server has sent everything again.
                await WriteAsync(() => [records.State.NextEpoch().ToRecord()]).ConfigureAwait(false);
            }
        }
    }

    private List<OfflineRecord> RecordsOf(JsonElement page)
    {
        List<OfflineRecord> written = [];
        foreach (var change in page.GetProperty("items").EnumerateArray())
        {
            var name = change.Text("kind");
            // A newer server may have further kinds.
            if (name is not ("task" or "list"))
            {
                continue;
            }

            var kind = name == "list" ? ChangeKind.List : ChangeKind.Task;
            written.AddRange(
                change.Member(name) is { } item
                    ? records.Confirm(kind, item)
                    : records.ConfirmDeletion(kind, change.GetProperty("id").GetGuid())
            );
        }

        if (!page.GetProperty("hasMore").GetBoolean())
        {
            written.AddRange(records.Unmet(written));
        }

        written.Add((records.State with { Since = page.GetProperty("next").GetString() }).ToRecord());
        return written;
    }

    private Task WriteAsync(Func<IReadOnlyList<OfflineRecord>> decide) =>
        records.WriteAsync(
            () =>
            {
                ThrowIfOver();
                return decide();
            },
            ct
        );

    private void ThrowIfOver()
    {
        if (records.Generation != _generation)
        {
            throw new OperationCanceledException("The replica was cleared or adopted meanwhile.");
        }
    }
}
