using Fitnessify.Application.Admin;
using Fitnessify.Domain.Admin;
using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Admin;

internal static class AdminServices
{
    public static void AddAdmin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IUserDirectory, UserDirectory>();
        services.AddScoped<IAdminRepository, AdminRepository>();
        services.AddSettings<SeedAdminOptions>(configuration, "Seed:Admin");
    }
}
