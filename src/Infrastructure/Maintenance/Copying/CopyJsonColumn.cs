using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>
/// A column that stores an owned object as JSON. Providers write some values differently, bytes for instance, so each value is
/// read in the form of the model. The neutral form is the JSON that .NET writes.
/// </summary>
internal sealed class CopyJsonColumn(string name, IEntityType owned, RelationalTypeMapping text)
    : CopyColumn(name, text)
{
    public override object? Read(DbDataReader row, int ordinal) =>
        row.IsDBNull(ordinal)
            ? null
            : ReadMembers(row.GetString(ordinal)).ToDictionary(member => member.Key, member => member.Value);

    public override void Bind(DbCommand command, string parameter, object? value) =>
        base.Bind(command, parameter, value is null ? null : Write((Dictionary<string, object?>)value));

    public override object? Neutral(object? value) =>
        value is null
            ? null
            : JsonSerializer.Serialize(
                ((Dictionary<string, object?>)value).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            );

    private IEnumerable<KeyValuePair<string, object?>> ReadMembers(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            yield return new(
                member.Name,
                member.Value.ValueKind == JsonValueKind.Null
                    ? null
                    : ReaderWriterOf(member.Name).FromJsonString(member.Value.GetRawText())
            );
        }
    }

    private string Write(Dictionary<string, object?> members)
    {
        var json = new JsonObject();
        foreach (var (member, value) in members)
        {
            json[member] = value is null ? null : JsonNode.Parse(ReaderWriterOf(member).ToJsonString(value));
        }

        return json.ToJsonString();
    }

    private JsonValueReaderWriter ReaderWriterOf(string member)
    {
        var property = owned.GetProperties().Single(property => property.GetJsonPropertyName() == member);
        return property.GetJsonValueReaderWriter()
            ?? property.GetTypeMapping().JsonValueReaderWriter
            ?? throw new NotSupportedException($"{Name}.{member} is not copied yet.");
    }
}
