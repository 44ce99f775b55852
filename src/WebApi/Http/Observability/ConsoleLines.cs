using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>
/// Writes lines to the console as JSON, all that have come up meanwhile at once. Serilog's own sink writes and flushes each line, and a
/// thread that waits for each takes longer than to write it.
/// </summary>
internal sealed class ConsoleLines : IBatchedLogEventSink, IDisposable
{
    private readonly JsonFormatter _formatter = new(renderMessage: false);
    private readonly StreamWriter _output = new(Console.OpenStandardOutput(), new UTF8Encoding(false));

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        foreach (var line in batch)
        {
            _formatter.Format(line, _output);
        }

        await _output.FlushAsync();
    }

    public void Dispose() => _output.Dispose();
}
