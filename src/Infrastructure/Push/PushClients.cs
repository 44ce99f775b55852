using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Registers the HTTP clients of services whose address the operator fixes, so that it needs no check by address.</summary>
internal static class PushClients
{
    // The services want connections that stay open. One is replaced after this time, so that a change of the DNS is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromHours(1);

    // A connection that a firewall has dropped looks open, and would let every message wait for its time limit.
    private static readonly (TimeSpan Delay, TimeSpan Timeout) Ping = (
        TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(10)
    );

    public static void AddPushClient(this IServiceCollection services, string name) =>
        services
            // The time limit of the caller includes the body, and follows the clock of the server.
            .AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    // Redirects are off, so that the token goes only to the configured address.
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    // The ids of traces are of no concern to the services.
                    ActivityHeadersPropagator = null,
                    EnableMultipleHttp2Connections = true,
                    PooledConnectionLifetime = ConnectionLifetime,
                    PooledConnectionIdleTimeout = ConnectionLifetime,
                    KeepAlivePingDelay = Ping.Delay,
                    KeepAlivePingTimeout = Ping.Timeout,
                }
            )
            .AddHttpMessageHandler(() => new BoundedAnswers())
            // The factory would close the connections with the handler, after two minutes by default.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The log of a request holds its URL, and that of APNs the token of the device.
            .RemoveAllLoggers();

    /// <summary>Reads the URL of a service, which is https, or http for one on this machine.</summary>
    /// <exception cref="SettingsException">The value is no such URL.</exception>
    public static Uri ReadUrl(string key, string text, string example)
    {
        var url = Settings.ReadUrl(key, text, "the URL of the service", example);
        return IsSecure(url)
            ? url
            : throw new SettingsException(key, $"would send tokens in the clear; use https, for instance {example}.");
    }

    /// <summary>Returns whether what is sent to a URL cannot be read on the way.</summary>
    public static bool IsSecure(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true };
}
