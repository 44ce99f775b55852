using System.Diagnostics;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Diagnostics;
using Serilog;
using Serilog.Events;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>
/// Each request is one log line. Fast successful reads are logged at Debug because they are numerous. The path is logged as
/// its template, because the value of {id} may be personal data.
/// </summary>
internal static class RequestLog
{
    /// <summary>This is the log category.</summary>
    public const string Category = "Serilog.AspNetCore.RequestLoggingMiddleware";

    private const string Template = "{Method} {Route} {Status} in {ElapsedMs:0.0} ms, user {UserId}, trace {TraceId}";
    private const double SlowMs = 1000;

    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<Serilog.ILogger>();
        app.UseSerilogRequestLogging(options =>
        {
            options.Logger = logger;
            options.MessageTemplate = Template;
            options.GetLevel = LevelOf;
            options.GetMessageTemplateProperties = (context, _, elapsedMs, status) =>
                Describe(context, elapsedMs, status);
        });
    }

    /// <summary>This is the route template. Exception handling clears the endpoint and keeps it in its feature.</summary>
    public static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is RouteEndpoint route
            ? "/" + route.RoutePattern.RawText?.TrimStart('/')
            : "(no route)";

    internal static LogEventLevel LevelOf(HttpContext context, double elapsedMs, Exception? exception) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Response.StatusCode < StatusCodes.Status400BadRequest
        && elapsedMs < SlowMs
        && exception is null
            ? LogEventLevel.Debug
            : LogEventLevel.Information;

    private static LogEventProperty[] Describe(HttpContext context, double elapsedMs, int status) =>
        [
            Property("Method", context.Request.Method),
            Property("Route", RouteOf(context)),
            Property("Status", status),
            Property("ElapsedMs", elapsedMs),
            Property("UserId", context.Features.Get<LiveSession>()?.OwnerId),
            Property("TraceId", Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier),
        ];

    private static LogEventProperty Property(string name, object? value) => new(name, new ScalarValue(value));
}
