using Fitnessify.Domain.Mfa;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Mfa;

internal static class MfaServices
{
    public static void AddMfa(this IServiceCollection services)
    {
        services.AddScoped<IMfaRepository, MfaRepository>();
        services.AddSingleton<ISaveErrors, MfaSaveErrors>();
    }
}
