using System.Diagnostics;
using System.Globalization;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>
/// The span gets the route template only. The instrumentation of OpenTelemetry would add the path, the query and the user
/// agent, which may be personal data.
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
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
