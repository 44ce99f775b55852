using Fitnessify.Domain.Changes;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Changes;

internal static class ChangesServices
{
    public static void AddChanges(this IServiceCollection services)
    {
        services.AddSingleton<SyncTokens>();
        services.AddSingleton<ChangeQueries>();
        services.AddScoped<IChangeFeed, ChangeFeed>();
        services.AddScoped<VersionStep>();
        services.AddScoped<ISaveStep>(provider => provider.GetRequiredService<VersionStep>());
        services.AddScoped<ISaveStep, ChangeCounterStep>();
    }
}
