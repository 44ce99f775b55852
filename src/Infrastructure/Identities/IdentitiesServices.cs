using Fitnessify.Domain.Identities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>Registers the providers, as configured.</summary>
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
