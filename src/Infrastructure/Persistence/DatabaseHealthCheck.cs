using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealthCheck(AppDbContext context) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext healthCheck,
        CancellationToken cancellationToken = default
    ) =>
        // A real query: a file can be opened, and a server be reached, that cannot answer.
        await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                token => context.ReadAsync("SELECT COUNT(*) FROM Roles", row => row.GetInt32(0), token),
                cancellationToken
            )
            is [> 0]
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database holds no roles: it is not the one of this server.");
}
