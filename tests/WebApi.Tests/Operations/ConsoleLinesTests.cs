using System.Text;
using System.Text.Json.Nodes;
using Fitnessify.WebApi.Http.Observability;
using Serilog;
using Serilog.Configuration;
using Serilog.Events;
using Serilog.Parsing;

namespace Fitnessify.WebApi.Tests.Operations;

public sealed class ConsoleLinesTests
{
    [Test]
    public void The_lines_of_the_last_moment_are_written_too()
    {
        using var console = new MemoryStream();
        using (
            var logger = new LoggerConfiguration()
                .WriteTo.Sink(
                    new ConsoleLines(console),
                    new BatchingOptions { BufferingTimeLimit = TimeSpan.FromHours(1), EagerlyEmitFirstEvent = false }
                )
                .CreateLogger()
        )
        {
            logger.Information("First");
            logger.Information("Second");
        }

        Assert.That(Written(console), Is.EqualTo(["First", "Second"]));
    }

    [Test]
    public async Task A_line_that_cannot_be_written_is_left_out_alone()
    {
        using var console = new MemoryStream();

        await new ConsoleLines(console).EmitBatchAsync([
            Line("First"),
            Line("Broken", new Unspeakable()),
            Line("Last"),
        ]);

        Assert.That(Written(console), Is.EqualTo(["First", "Last"]));
    }

    [Test]
    public void What_the_console_does_not_take_is_not_tried_again()
    {
        // Serilog tries a batch again when this fails.
        Assert.That(() => new ConsoleLines(new FullDisk()).EmitBatchAsync([Line("First")]), Throws.Nothing);
    }

    private static LogEvent Line(string text, object? value = null) =>
        new(
            DateTimeOffset.UnixEpoch,
            LogEventLevel.Information,
            exception: null,
            new MessageTemplateParser().Parse(text),
            [new LogEventProperty("Value", new ScalarValue(value))]
        );

    private static List<string> Written(MemoryStream console) =>
        [
            .. Encoding
                .UTF8.GetString(console.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => (string)JsonNode.Parse(line)!["MessageTemplate"]!),
        ];

    private sealed class Unspeakable
    {
        public override string ToString() => throw new InvalidOperationException();
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => throw new IOException();
    }
}
