using Fitnessify.WebApi.Http.Observability;
using Microsoft.AspNetCore.Http;
using Serilog.Events;

namespace Fitnessify.WebApi.Tests.Operations;

public sealed class RequestLogTests
{
    [TestCase("GET", 200, 999, LogEventLevel.Debug)]
    [TestCase("GET", 200, 1000, LogEventLevel.Information)]
    [TestCase("HEAD", 304, 1, LogEventLevel.Debug)]
    [TestCase("GET", 404, 1, LogEventLevel.Information)]
    [TestCase("GET", 500, 1, LogEventLevel.Information)]
    [TestCase("POST", 200, 1, LogEventLevel.Information)]
    [TestCase("DELETE", 204, 1, LogEventLevel.Information)]
    public void Fast_reads_that_succeed_are_written_only_at_level_Debug(
        string method,
        int status,
        double elapsedMs,
        LogEventLevel expected
    ) => Assert.That(RequestLog.LevelOf(Answered(method, status), elapsedMs, null), Is.EqualTo(expected));

    [Test]
    public void An_answer_that_breaks_off_is_no_success() =>
        Assert.That(
            RequestLog.LevelOf(Answered("GET", 200), 1, new InvalidOperationException()),
            Is.EqualTo(LogEventLevel.Information)
        );

    private static DefaultHttpContext Answered(string method, int status) =>
        new() { Request = { Method = method }, Response = { StatusCode = status } };
}
