using System.Diagnostics;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// Says in the span of a request which one it was. The framework's own description would hold the path, and what stands in
/// for {id} may be personal.
/// </summary>
internal static class RequestSpans
{
    public static void UseRequestSpans(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TelemetryOptions>().OtlpEndpoint is not null)
        {
            app.Use(InvokeAsync);
        }
    }

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var span = Activity.Current;
        try
        {
            await next(context);
        }
        finally
        {
            if (span is { IsAllDataRequested: true })
            {
                Describe(span, context);
            }
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var (route, status) = (RequestLog.RouteOf(context), context.Response.StatusCode);
        span.DisplayName = $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
