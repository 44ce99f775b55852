using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fitnessify.WebApi.Http;

/// <summary>Tells an orchestrator whether the process lives and whether it can work.</summary>
internal static class Readiness
{
    public const string Root = "/health";

    public static void AddReadiness(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StoppingCheck>("stopping");

    public static void MapReadiness(this WebApplication app)
    {
        app.MapHealthChecks($"{Root}/live", Options(_ => false));
        app.MapHealthChecks($"{Root}/ready", Options(_ => true));
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> checks) =>
        new()
        {
            Predicate = checks,
            ResponseWriter = (context, report) =>
                report.Status == HealthStatus.Healthy
                    ? context.Response.WriteAsJsonAsync(new { status = "healthy" })
                    : Problems.WriteForStatusAsync(context),
        };

    /// <summary>Red as soon as the process is asked to stop, so that no new work is sent to it.</summary>
    private sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                lifetime.ApplicationStopping.IsCancellationRequested
                    ? HealthCheckResult.Unhealthy()
                    : HealthCheckResult.Healthy()
            );
    }
}
