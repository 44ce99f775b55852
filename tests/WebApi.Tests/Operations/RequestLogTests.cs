using Fitnessify.WebApi.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fitnessify.WebApi.Tests.Operations;

public sealed class RequestLogTests
{
    [TestCase("GET", 200, LogLevel.Debug)]
    [TestCase("HEAD", 304, LogLevel.Debug)]
    [TestCase("GET", 404, LogLevel.Information)]
    [TestCase("GET", 500, LogLevel.Information)]
    [TestCase("POST", 200, LogLevel.Information)]
    [TestCase("DELETE", 204, LogLevel.Information)]
    public async Task Reads_that_succeed_are_written_only_at_level_Debug(string method, int status, LogLevel expected)
    {
        var levels = new Levels();
        var context = new DefaultHttpContext { Request = { Method = method } };
        var log = new RequestLog(
            _ =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            },
            levels
        );

        await log.InvokeAsync(context);

        Assert.That(levels.Written, Is.EqualTo([expected]));
    }

    private sealed class Levels : ILogger<RequestLog>
    {
        public List<LogLevel> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Written.Add(logLevel);
    }
}
