using System.Net;
using Fitnessify.Infrastructure.Common;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Observability;
using Fitnessify.WebApi.Http.RateLimits;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>Section <c>Transport</c>: HTTPS and the proxies between the clients and the server.</summary>
internal sealed class TransportOptions
{
    /// <summary>
    /// The server refuses plain HTTP, except for <c>/health</c>. Behind a proxy that terminates TLS, set this to false or
    /// configure the known proxies.
    /// </summary>
    /// <value>true outside Development</value>
    public bool? RequireHttps { get; init; }

    /// <summary>The server trusts the forwarded headers of proxies with these IP addresses.</summary>
    public string[] KnownProxies { get; init; } = [];

    /// <summary>The server trusts the forwarded headers of proxies in these networks, such as 10.0.0.0/8.</summary>
    public string[] KnownNetworks { get; init; } = [];
}

/// <summary>Section <c>Cors</c>: calls from web pages of other origins.</summary>
internal sealed class CorsOptions
{
    /// <summary>Browser apps from these origins may call the API.</summary>
    public string[] Origins { get; init; } = [];
}

internal static class Transport
{
    private static readonly string[] ExposedHeaders =
    [
        HeaderNames.ETag,
        HeaderNames.Location,
        HeaderNames.RetryAfter,
        RateLimiting.FieldName,
        RateLimiting.PolicyFieldName,
    ];

    // This is the longest time for which browsers cache a preflight response.
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2);

    public static void AddTransport(
        this IServiceCollection services,
        IConfiguration configuration,
        IWebHostEnvironment environment
    )
    {
        var transport = services.AddSettings<TransportOptions>(configuration, "Transport");
        services.AddSingleton(new HttpsOnly(transport.RequireHttps ?? !environment.IsDevelopment()));
        var (proxies, networks) = ReadProxies(transport);
        services.Configure<ForwardedHeadersOptions>(options => Trust(options, proxies, networks));

        var cors = services.AddSettings<CorsOptions>(configuration, "Cors");
        if (cors.Origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            throw new SettingsException(
                "Cors:Origins",
                $"'{wrong}' is no origin; use some such as https://app.example.org."
            );
        }

        services.AddCors(options =>
            options.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins(cors.Origins)
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders(ExposedHeaders)
                    .SetPreflightMaxAge(PreflightAge)
            )
        );
    }

    private static bool IsOrigin(string text) => Settings.IsOrigin(text) && new Uri(text).Scheme is ("http" or "https");

    public static void UseKnownProxies(this WebApplication app)
    {
        var transport = app.Services.GetRequiredService<TransportOptions>();
        if (transport.KnownProxies.Length + transport.KnownNetworks.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        if (app.Environment.IsProduction())
        {
            app.WarnOfUnknownProxy();
        }
    }

    /// <summary>
    /// Plain HTTP is refused, not redirected: the token would already have been sent unencrypted (ASVS 5.0, 4.1.2).
    /// </summary>
    public static void UseHttpsOnly(this WebApplication app)
    {
        if (app.Services.GetRequiredService<HttpsOnly>().IsRequired)
        {
            app.Use(
                (context, next) =>
                    context.Request.IsHttps || context.Request.Path.StartsWithSegments(Readiness.Root)
                        ? next(context)
                        : Problems.WriteAsync(context, HttpErrors.HttpsRequired)
            );
        }
    }

    // Before the server starts: the options are not read before the first request.
    private static (IPAddress[] Proxies, System.Net.IPNetwork[] Networks) ReadProxies(TransportOptions transport) =>
        (
            [
                .. transport.KnownProxies.Select(
                    (proxy, i) =>
                        IPAddress.TryParse(proxy, out var address)
                            ? address
                            : throw new SettingsException($"Transport:KnownProxies:{i}", $"'{proxy}' is no IP address.")
                ),
            ],
            [
                .. transport.KnownNetworks.Select(
                    (network, i) =>
                        System.Net.IPNetwork.TryParse(network, out var range)
                            ? range
                            : throw new SettingsException(
                                $"Transport:KnownNetworks:{i}",
                                $"'{network}' is no network; use 10.0.0.0/8."
                            )
                ),
            ]
        );

    private static void Trust(ForwardedHeadersOptions options, IPAddress[] proxies, System.Net.IPNetwork[] networks)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // The number of proxies is not limited: the chain ends at the first unknown address.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        Array.ForEach(proxies, options.KnownProxies.Add);
        Array.ForEach(networks, options.KnownIPNetworks.Add);
    }

    private sealed record HttpsOnly(bool IsRequired);
}
