using System.Diagnostics;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Diagnostics;

namespace Fitnessify.WebApi.Http;

/// <summary>One line a request. The path is logged as its template, because what stands in for {id} may be personal.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            await next(context);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            LogRequest(
                context.Request.Method,
                RouteOf(context),
                context.Response.StatusCode,
                Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                context.Features.Get<LiveSession>()?.OwnerId,
                Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier
            );
        }
    }

    /// <summary>The template. After an exception the endpoint is no longer where it was.</summary>
    public static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is RouteEndpoint route
            ? "/" + route.RoutePattern.RawText?.TrimStart('/')
            : "(no route)";

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Method} {Route} {Status} in {ElapsedMs:0.0} ms, user {UserId}, trace {TraceId}"
    )]
    private partial void LogRequest(
        string method,
        string route,
        int status,
        double elapsedMs,
        Guid? userId,
        string traceId
    );
}
