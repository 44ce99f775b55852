using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Fitnessify.WebApi.Http.Security;

internal static partial class UnknownProxies
{
    /// <summary>
    /// The warning is logged once: a proxy that is not configured hides the client address, so all its clients share one rate
    /// limit.
    /// </summary>
    public static void WarnOfUnknownProxy(this WebApplication app)
    {
        var isLogged = 0;
        app.Use(
            (context, next) =>
            {
                var headers = context.Request.Headers;
                if (
                    isLogged == 0
                    && headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
                    && !headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName)
                    && Interlocked.Exchange(ref isLogged, 1) == 0
                )
                {
                    LogUnknownProxy(app.Logger, context.Connection.RemoteIpAddress);
                }

                return next(context);
            }
        );
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Proxy} forwards requests and is not known: its address counts as that of all its clients. If it is your proxy, name it in Transport:KnownProxies."
    )]
    private static partial void LogUnknownProxy(ILogger logger, IPAddress? proxy);
}
