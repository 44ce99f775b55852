using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Registers FCM, if an account is configured.</summary>
internal static class FcmServices
{
    private const string Section = "Push:Fcm";

    // This is also what the log calls the endpoint.
    private const string TokenClient = "the token endpoint of Push:Fcm:ServiceAccountPath";

    public static void AddFcm(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<FcmOptions>(configuration, Section);
        var url = PushClients.ReadUrl($"{Section}:{nameof(options.Url)}", options.Url, new FcmOptions().Url);
        if (options.ServiceAccountPath is null)
        {
            return;
        }

        var account = FcmAccount.Load($"{Section}:{nameof(options.ServiceAccountPath)}", options.ServiceAccountPath);
        services.AddPushClient(FcmAdapter.ClientName);
        OAuthTokens.AddClient(services, TokenClient);
        services.AddSingleton<IPushAdapter>(provider =>
        {
            var http = provider.GetRequiredService<IHttpClientFactory>();
            var clock = provider.GetRequiredService<TimeProvider>();
            var tokens = new OAuthTokens(
                new OAuthGrant(TokenClient, account.TokenUrl, account.WriteGrant),
                http,
                clock
            );
            return new FcmAdapter(url, account.ProjectId, tokens, http, clock);
        });
    }
}
