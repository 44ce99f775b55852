using System.Net;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Registers Web Push, which needs no configuration.</summary>
internal static class WebPushServices
{
    // An answer has a few headers, and a body of a line or two if any.
    private const int MaxHeaderKiB = 16;
    private const int MaxBodyBytes = 4 * 1024;

    // Shorter than the time limit of an attempt, so that what is logged is that there was no connection.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // The addresses of a host change.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static void AddWebPush(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<WebPushOptions>(configuration, "Push:WebPush");
        WebPushContact.Check(options);
        services.AddSingleton(provider =>
            WebPushContact.Of(
                options,
                provider.GetRequiredService<AppOptions>(),
                provider.GetRequiredService<MailOptions>()
            )
        );
        services.AddSingleton<WebPushAuthentication>();
        services.AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton<PushHttpConnections>();
        services
            // The time limit of the caller follows the clock of the server.
            .AddHttpClient(WebPushAdapter.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<PushHttpConnections>()))
            .AddHttpMessageHandler(() => new PushHttpAnswers())
            // Connections are renewed by themselves; a new handler every two minutes would renew all of them at once.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<IPushAdapter, WebPushAdapter>();
    }

    private static SocketsHttpHandler Handler(PushHttpConnections connections) =>
        new()
        {
            ConnectCallback = connections.ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            // A push service could send the server to any address by a redirect, and a proxy would resolve the host itself.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = MaxHeaderKiB,
            MaxResponseDrainSize = MaxBodyBytes,
            // The endpoint is a secret of the user, and the push service need not know the trace.
            ActivityHeadersPropagator = null,
        };
}
