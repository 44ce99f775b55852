using System.Text.Json;

namespace Fitnessify.Cluster;

/// <summary>What a device has of an account by sync alone.</summary>
internal sealed class SyncedState
{
    private long _version;

    /// <summary>Gets the token of the last page; null before the first one.</summary>
    public string? Token { get; private set; }

    /// <summary>Gets the tasks and lists; a deleted one has no content.</summary>
    public Dictionary<Guid, string> Items { get; } = [];

    public static string Path(string? since, int limit) =>
        $"{TaskCalls.Changes}?limit={limit}{(since is null ? "" : $"&since={since}")}";

    /// <summary>Reads the first page of changes since a token, or of all.</summary>
    public static async Task<SyncedState> ReadAsync(ApiClient device, string? since = null)
    {
        SyncedState state = new();
        Assert.That(state.Apply(await device.ReadAsync(Path(since, 200))), Is.False);
        return state;
    }

    /// <summary>Takes over a page of changes.</summary>
    /// <returns>Whether there are more.</returns>
    public bool Apply(JsonElement page)
    {
        foreach (var item in page.Items())
        {
            var content = item.GetProperty(item.Text("kind"));
            if (content.ValueKind != JsonValueKind.Null)
            {
                Assert.That(content.Version(), Is.GreaterThan(_version), $"{content}");
                _version = content.Version();
            }

            Assert.That(item.GetProperty("deleted").GetBoolean(), Is.EqualTo(content.ValueKind == JsonValueKind.Null));
            Items[item.GetProperty("id").GetGuid()] = $"{item.Text("kind")} {content}";
        }

        Token = page.Text("next");
        return page.GetProperty("hasMore").GetBoolean();
    }
}
