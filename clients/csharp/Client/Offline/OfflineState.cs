using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Client;

/// <summary>How far a replica is.</summary>
/// <param name="Epoch">The number of the present pass over all data of the server. What a complete pass has not met is gone.</param>
/// <param name="Since">The sync token of the next pull; null before the first one of an epoch.</param>
/// <param name="OwnerId">The user whose copies and changes these are; null if that is not known yet.</param>
/// <param name="SessionId">The session with which the owner was checked last.</param>
/// <param name="TimeZone">The IANA name of the owner's time zone, or null.</param>
internal sealed record OfflineState(int Epoch, string? Since, Guid? OwnerId, Guid? SessionId, string? TimeZone)
{
    public const string Key = "state";

    private const int Format = 1;

    public static OfflineState New { get; } = new(1, null, null, null, null);

    /// <exception cref="FormatException">A later version of the client has written the records.</exception>
    public static OfflineState Read(JsonElement json) =>
        json.GetProperty("format").GetInt32() is var format && format == Format
            ? new(
                json.GetProperty("epoch").GetInt32(),
                json.Text("since"),
                json.Uuid("ownerId"),
                json.Uuid("sessionId"),
                json.Text("timeZone")
            )
            : throw new FormatException(string.Format(CultureInfo.InvariantCulture, "Unknown format {0}", format));

    public OfflineState NextEpoch() => this with { Epoch = Epoch + 1, Since = null };

    public OfflineRecord ToRecord()
    {
        var json = new JsonObject
        {
            ["format"] = Format,
            ["epoch"] = Epoch,
            ["since"] = Since,
            ["ownerId"] = OwnerId?.ToString(),
            ["sessionId"] = SessionId?.ToString(),
            ["timeZone"] = TimeZone,
        };
        return new OfflineRecord(Key, json.ToJsonString());
    }
}
