using Fitnessify.Domain.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Audit;

internal static class AuditServices
{
    public static void AddAudit(this IServiceCollection services) => services.AddScoped<IAuditTrail, AuditTrail>();
}
