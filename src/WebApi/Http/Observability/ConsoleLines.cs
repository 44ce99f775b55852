using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>
/// Writes lines as JSON, all that have come up meanwhile at once. Serilog's own sink writes and flushes each line, and a thread that waits
/// for each takes longer than to write it.
/// </summary>
internal sealed class ConsoleLines(Stream output) : IBatchedLogEventSink
{
    private readonly JsonFormatter _formatter = new(renderMessage: false);

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        var text = new StringBuilder();
        foreach (var line in batch)
        {
            Append(text, line);
        }

        try
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (IOException exception)
        {
            // Serilog would try again, and what has been written of the lines would come twice.
            SelfLog.WriteLine("The console has not taken {0} lines: {1}", batch.Count, exception);
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The other lines do not depend on what is wrong with this one."
    )]
    private void Append(StringBuilder text, LogEvent line)
    {
        var start = text.Length;
        try
        {
            using var writer = new StringWriter(text, CultureInfo.InvariantCulture);
            _formatter.Format(line, writer);
        }
        catch (Exception exception)
        {
            text.Length = start;
            SelfLog.WriteLine("A line cannot be written: {0}", exception);
        }
    }
}
