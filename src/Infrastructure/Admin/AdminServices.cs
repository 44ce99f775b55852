using Fitnessify.Application.Admin;
using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Export;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Export;
using Fitnessify.Infrastructure.Maintenance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Admin;

/// <summary>What admins do, what is kept of it, and what a user can take along.</summary>
internal static class AdminServices
{
    public static void AddAdministration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IUserDirectory, UserDirectory>();
        services.AddScoped<IAdministration, Administration>();
        services.AddScoped<IPersonalData, PersonalData>();
        services.AddScoped<IRetention, Retention>();
        services.AddScoped<IAccountErasure, AccountErasure>();
        services.AddSettings<SeedAdminOptions>(configuration, "Seed:Admin");
        services.AddSettings<RetentionOptions>(configuration, "Retention");
    }
}
