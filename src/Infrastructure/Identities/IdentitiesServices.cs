using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>Registers identities and the configured providers.</summary>
internal static class IdentitiesServices
{
    // A key set has a few kilobytes, and so have the other documents.
    private const int MaxAnswerBytes = 256 * 1024;

    public static void AddIdentities(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(ConfiguredProviders.Read(configuration));
        services.AddIssuerClient(IssuerKeys.ClientName);
        services.AddIssuerClient(AppleGrants.ClientName);
        services.AddSingleton<IIdentityTokens, IdentityTokens>();
        services.AddSingleton<IIdentityGrants, AppleGrants>();
        services.AddScoped<IIdentityRepository, IdentityRepository>();
        services.AddScoped<IIdentityRevocations, IdentityRevocations>();
        services.AddSingleton<ISaveErrors, IdentitySaveErrors>();
        services.AddJob<RevokeIdentitiesJob>(trigger => trigger.Every(RevokeIdentitiesJob.Interval));
    }

    private static void AddIssuerClient(this IServiceCollection services, string name) =>
        services
            // The time limits of the callers include the body, and follow the clock of the server.
            .AddHttpClient(
                name,
                client =>
                    (client.MaxResponseContentBufferSize, client.Timeout) = (MaxAnswerBytes, Timeout.InfiniteTimeSpan)
            )
            // Redirects are off, so that only the configured addresses are asked.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();
}
