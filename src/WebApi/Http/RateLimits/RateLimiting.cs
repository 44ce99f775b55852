using Fitnessify.Infrastructure.Common;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Http.RateLimits;

/// <summary>Section <c>RateLimits</c>: limits on the number of requests.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>False disables these limits and is only meant for measurements. Wrong passwords are counted in any case.</summary>
    public bool Enabled { get; init; } = true;
}

internal sealed record RateLimitGroup(string Name, bool IsPerUser, FixedWindowOptions Window);

/// <summary>
/// The limits apply to controller routes only and are reported in headers (draft-ietf-httpapi-ratelimit-headers-10). Health
/// checks, documentation and unknown paths are cheap and not limited.
/// </summary>
internal sealed class RateLimiting : IDisposable
{
    public const string SignIn = "signIn";
    public const string Refresh = "refresh";
    public const string Probe = "probe";
    public const string Guest = "guest";
    public const string Default = "default";
    public const string FieldName = "RateLimit";
    public const string PolicyFieldName = "RateLimit-Policy";

    private readonly RequestDelegate _next;
    private readonly bool _isEnabled;
    private readonly Dictionary<string, RateLimit> _limits;

    public RateLimiting(
        RequestDelegate next,
        RateLimitOptions options,
        IEnumerable<RateLimitGroup> groups,
        EndedSessions ended,
        TimeProvider clock
    )
    {
        _next = next;
        _isEnabled = options.Enabled;
        _limits = groups.ToDictionary(group => group.Name, group => new RateLimit(group, ended, clock));
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (!_isEnabled || context.GetEndpoint() is not { } endpoint || !IsLimited(endpoint))
        {
            return _next(context);
        }

        var name = endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? Default;
        var charge = new RateLimitCharge(context, name, _limits[name]);
        context.Response.OnStarting(static state => ((RateLimitCharge)state).WriteAsync(), charge);
        if (charge.TakeOrRefuse(1) is { } refusal)
        {
            return Problems.WriteAsync(context, refusal);
        }

        if (endpoint.Metadata.GetMetadata<CountsOperationsAttribute>() is not null)
        {
            context.Features.Set(charge);
        }

        return _next(context);
    }

    public void Dispose()
    {
        foreach (var limit in _limits.Values)
        {
            limit.Limiter.Dispose();
        }
    }

    private static bool IsLimited(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null;
}

internal static class RateLimitRegistration
{
    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RateLimitOptions>(configuration, "RateLimits");
        services.AddSingleton<EndedSessions>();
        services.AddSingleton(Group(RateLimiting.SignIn, "SignIn", isPerUser: false, permits: 30));
        services.AddSingleton(Group(RateLimiting.Refresh, "Refresh", isPerUser: false, permits: 60));
        services.AddSingleton(Group(RateLimiting.Probe, "Probe", isPerUser: false, permits: 120));
        services.AddSingleton(Group(RateLimiting.Guest, "Guest", isPerUser: false, permits: 10, windowSeconds: 3600));
        services.AddSingleton(Group(RateLimiting.Default, "Default", isPerUser: true, permits: 300));

        RateLimitGroup Group(string name, string section, bool isPerUser, int permits, int windowSeconds = 60) =>
            new(
                name,
                isPerUser,
                Settings.Read(
                    configuration,
                    $"RateLimits:{section}",
                    new FixedWindowOptions { Permits = permits, WindowSeconds = windowSeconds }
                )
            );
    }
}
