using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Testing;

/// <summary>Keeps every line of the log, with the values and the exception that go with it.</summary>
internal sealed class LogSink : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>The lines of a category.</summary>
    public IEnumerable<string> Of<T>() => Of(typeof(T).FullName!);

    /// <summary>The same, where the type is not to be had.</summary>
    public IEnumerable<string> Of(string category) =>
        _lines.Where(line => line.StartsWith($"{category}: ", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope: {Values(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{category}: {formatter(state, exception)} | {Values(state)} {exception}");

        private static string Values(object? state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values) : $"{state}";
    }
}
