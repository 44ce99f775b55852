using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Identities;

internal static class LinkedIdentitiesServices
{
    public static void AddLinkedIdentities(this IServiceCollection services)
    {
        services.AddScoped<IIdentityRepository, IdentityRepository>();
        services.AddScoped<IIdentityRevocations, IdentityRevocations>();
        services.AddSingleton<ISaveErrors, IdentitySaveErrors>();
        services.AddJob<RevokeIdentitiesJob>(trigger => trigger.Every(RevokeIdentitiesJob.Interval));
    }
}
