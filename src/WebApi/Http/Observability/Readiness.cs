using System.Net;
using Fitnessify.Domain.Accounts;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>The health checks report to an orchestrator whether the process is alive and whether it can serve.</summary>
internal static class Readiness
{
    public const string Root = "/health";

    private static readonly IAuthorizationRequirement[] OperatorRequirements =
    [
        new LiveSessionRequirement(),
        new PermissionRequirement(Permissions.ReadAudit),
    ];

    // Proxies add these headers, and some remain after a known proxy has been trusted.
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded", "X-Original", "X-Real-IP"];

    public static void AddReadiness(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StoppingCheck>("stopping");

    public static void MapReadiness(this WebApplication app)
    {
        app.MapHealthChecks(
            $"{Root}/live",
            new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteStatusAsync }
        );
        app.MapHealthChecks($"{Root}/ready", new HealthCheckOptions { ResponseWriter = WriteChecksAsync });
    }

    private static Task WriteStatusAsync(HttpContext context, HealthReport report) =>
        WriteReportAsync(context, report, checks: null);

    private static async Task WriteChecksAsync(HttpContext context, HealthReport report) =>
        await WriteReportAsync(
            context,
            report,
            IsLocal(context) || await IsOperatorAsync(context)
                ? report.Entries.ToDictionary(entry => entry.Key, entry => Describe(entry.Value))
                : null
        );

    private static Task WriteReportAsync(HttpContext context, HealthReport report, Dictionary<string, string>? checks)
    {
        if (report.Status != HealthStatus.Healthy)
        {
            var error = Problems.ForStatus(context.Response.StatusCode);
            return Problems.WriteAsync(
                context,
                checks is null ? error : error with { Details = new Dictionary<string, object> { ["checks"] = checks } }
            );
        }

        const string status = "healthy";
        return checks is null
            ? context.Response.WriteAsJsonAsync(new { status })
            : context.Response.WriteAsJsonAsync(new { status, checks });
    }

    private static string Describe(HealthReportEntry entry) =>
        entry.Status == HealthStatus.Healthy ? "healthy" : entry.Description ?? "unhealthy";

    /// <summary>The connection must come from this machine and must not be forwarded by a proxy.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !context.Request.Headers.Keys.Any(name =>
            ProxyHeaders.Any(header => name.StartsWith(header, StringComparison.OrdinalIgnoreCase))
        );

    private static async Task<bool> IsOperatorAsync(HttpContext context)
    {
        try
        {
            var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
            return (await authorization.AuthorizeAsync(context.User, context, OperatorRequirements)).Succeeded;
        }
#pragma warning disable CA1031 // The session store itself may be unhealthy, in which case no caller is known.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>
    /// The check fails as soon as the process is asked to stop, so that the orchestrator sends no more requests.
    /// </summary>
    private sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                lifetime.ApplicationStopping.IsCancellationRequested
                    ? HealthCheckResult.Unhealthy("The server is about to stop.")
                    : HealthCheckResult.Healthy()
            );
    }
}
