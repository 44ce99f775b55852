using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Stores the alerts of a task as JSON in a column of the task, so that they live as long as it. None take no space.</summary>
internal sealed class TaskAlertsConverter()
    : ValueConverter<TaskAlerts, string>(alerts => Write(alerts), text => Read(text))
{
    private static readonly TaskAlertsJson Json = new(
        new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        }
    );

    internal static string Write(TaskAlerts alerts) =>
        alerts.Raised.Count == 0 ? "" : JsonSerializer.Serialize(alerts.Raised, Json.IReadOnlyListTaskAlert);

    internal static TaskAlerts Read(string text) =>
        text.Length == 0
            ? TaskAlerts.None
            : new TaskAlerts(JsonSerializer.Deserialize(text, Json.IReadOnlyListTaskAlert)!);
}

[JsonSerializable(typeof(IReadOnlyList<TaskAlert>))]
internal sealed partial class TaskAlertsJson : JsonSerializerContext;
