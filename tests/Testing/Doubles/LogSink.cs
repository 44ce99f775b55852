using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Fitnessify.Testing;

/// <summary>Keeps every log entry, with its values and its exception.</summary>
internal sealed class LogSink : ILogEventSink
{
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}", CultureInfo.InvariantCulture);

    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Returns the messages of a category.</summary>
    public IEnumerable<string> Of<T>() => Of(typeof(T).FullName!);

    /// <summary>Returns the messages of a category whose type is not accessible.</summary>
    public IEnumerable<string> Of(string category) =>
        _lines.Where(line => line.StartsWith($"{category}: ", StringComparison.Ordinal));

    public void Emit(LogEvent logEvent)
    {
        using var message = new StringWriter();
        Message.Format(logEvent, message);
        var category = (
            logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) as ScalarValue
        )?.Value;
        _lines.Enqueue($"{category}: {message} | {string.Join(", ", logEvent.Properties)} {logEvent.Exception}");
    }
}
