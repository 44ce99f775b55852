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
    public void Fast_successful_reads_are_logged_only_at_Debug_level(
        string method,
        int status,
        double elapsedMs,
        LogEventLevel expected
    ) => Assert.That(RequestLog.LevelOf(Answered(method, status), elapsedMs, null), Is.EqualTo(expected));

    [Test]
    public void A_response_that_is_interrupted_is_not_logged_as_a_success() =>
        Assert.That(
            RequestLog.LevelOf(Answered("GET", 200), 1, new InvalidOperationException()),
            Is.EqualTo(LogEventLevel.Information)
        );

    private static DefaultHttpContext Answered(string method, int status) =>
        new() { Request = { Method = method }, Response = { StatusCode = status } };
}
