using System.Diagnostics;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Diagnostics;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// One line a request; at level Debug for those that only read, succeed and take less than a second: there are too many of
/// them to write them all down. The path is logged as its template, because what stands in for {id} may be personal.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            var level = IsNotable(context, elapsed) ? LogLevel.Information : LogLevel.Debug;
            if (logger.IsEnabled(level))
            {
                LogRequest(
                    level,
                    context.Request.Method,
                    RouteOf(context),
                    context.Response.StatusCode,
                    elapsed.TotalMilliseconds,
                    context.Features.Get<LiveSession>()?.OwnerId,
                    Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier
                );
            }
        }
    }

    /// <summary>The template. After an exception the endpoint is no longer where it was.</summary>
    public static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is RouteEndpoint route
            ? "/" + route.RoutePattern.RawText?.TrimStart('/')
            : "(no route)";

    private static bool IsNotable(HttpContext context, TimeSpan elapsed) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        || context.Response.StatusCode >= StatusCodes.Status400BadRequest
        || elapsed >= Slow;

    [LoggerMessage(Message = "{Method} {Route} {Status} in {ElapsedMs:0.0} ms, user {UserId}, trace {TraceId}")]
    private partial void LogRequest(
        LogLevel level,
        string method,
        string route,
        int status,
        double elapsedMs,
        Guid? userId,
        string traceId
    );
}
