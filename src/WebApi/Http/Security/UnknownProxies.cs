using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>Tells the operator of a proxy that was not configured.</summary>
internal static partial class UnknownProxies
{
    /// <summary>Once: each of its requests shows its address in place of the client's, and limits by address are those of all.</summary>
    public static void WarnOfUnknownProxy(this WebApplication app)
    {
        var isTold = 0;
        app.Use(
            (context, next) =>
            {
                var headers = context.Request.Headers;
                if (
                    isTold == 0
                    && headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
                    && !headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName)
                    && Interlocked.Exchange(ref isTold, 1) == 0
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
