using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>
/// Stores a checklist as JSON in a column of the task, because it is always read and written with the task. An empty one takes
/// no space.
/// </summary>
internal sealed class ChecklistConverter()
    : ValueConverter<Checklist, string>(checklist => Write(checklist), text => Read(text))
{
    private static readonly ChecklistJson Json = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    internal static string Write(Checklist checklist) =>
        checklist.Items.Count == 0 ? "" : JsonSerializer.Serialize(checklist.Items, Json.IReadOnlyListChecklistItem);

    internal static Checklist Read(string text) =>
        text.Length == 0
            ? Checklist.Empty
            : new Checklist(JsonSerializer.Deserialize(text, Json.IReadOnlyListChecklistItem)!);
}

[JsonSerializable(typeof(IReadOnlyList<ChecklistItem>))]
internal sealed partial class ChecklistJson : JsonSerializerContext;
