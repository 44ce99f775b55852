using Fitnessify.Application.Pipeline;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Tests.Pipeline;

public sealed class LoggingBehaviorTests
{
    private const string Secret = "correct horse battery";

    private readonly Recorder _log = new();

    [Test]
    public async Task Logs_the_name_of_the_request_and_its_success()
    {
        var result = await HandleAsync(Secret);

        Assert.That(result.Value, Is.EqualTo(Secret));
        Assert.That(_log.Lines, Is.EqualTo([(LogLevel.Debug, "Sample", "ok")]));
    }

    [Test]
    public async Task Logs_the_error_code_of_a_failure()
    {
        var result = await HandleAsync(Given.Failure);

        Assert.That(result.Error, Is.SameAs(Given.Failure));
        Assert.That(_log.Lines, Is.EqualTo([(LogLevel.Debug, "Sample", "any_failure")]));
    }

    [Test]
    public async Task Never_logs_the_contents_of_a_request_or_a_response()
    {
        await HandleAsync(Secret);

        Assert.That(_log.Text, Does.Contain("Sample").And.Not.Contains(Secret));
        Assert.That(_log.Members, Is.EquivalentTo(["Request", "ElapsedMs", "Outcome", "{OriginalFormat}"]));
    }

    [Test]
    public async Task Works_without_an_enabled_logger()
    {
        _log.IsOn = false;

        var result = await HandleAsync(Secret);

        Assert.That(result.Value, Is.EqualTo(Secret));
        Assert.That(_log.Lines, Is.Empty);
    }

    private Task<Result<string>> HandleAsync(Result<string> outcome) =>
        new LoggingBehavior<Sample, Result<string>>(_log).Handle(
            new Sample(Secret),
            CancellationToken.None,
            () => Task.FromResult(outcome)
        );

    private sealed record Sample(string Password) : IRequest<Result<string>>;

    private sealed class Recorder : ILogger<LoggingBehavior<Sample, Result<string>>>
    {
        public bool IsOn { get; set; } = true;

        public List<(LogLevel Level, string? Request, string? Outcome)> Lines { get; } = [];

        public string Text { get; private set; } = "";

        public IEnumerable<string> Members { get; private set; } = [];

        public bool IsEnabled(LogLevel logLevel) => IsOn;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var members = ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary();
            Lines.Add((logLevel, members["Request"]?.ToString(), members["Outcome"]?.ToString()));
            Text += string.Join('|', members.Values) + formatter(state, exception);
            Members = members.Keys;
        }
    }
}
