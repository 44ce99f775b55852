using System.Net;
using System.Threading.RateLimiting;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure;
using Fitnessify.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Http;

/// <summary>Section <c>RateLimits</c>: how often a caller may call.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>False only for measuring. Wrong passwords are counted all the same.</summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>A group of routes that share a limit.</summary>
/// <param name="Name">As in <see cref="EnableRateLimitingAttribute"/> and in the RateLimit header.</param>
/// <param name="IsPerUser">Whether a signed-in caller is counted by user instead of by address.</param>
/// <param name="Window">The limit.</param>
internal sealed record RateLimitGroup(string Name, bool IsPerUser, FixedWindowOptions Window);

/// <summary>
/// Limits how often a caller may call, and tells them where they stand (draft-ietf-httpapi-ratelimit-headers-10). For the
/// routes of controllers only: health, documentation and unknown paths cost next to nothing.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    public const string SignIn = "signIn";
    public const string Refresh = "refresh";
    public const string Default = "default";
    public const string FieldName = "RateLimit";
    public const string PolicyFieldName = "RateLimit-Policy";

    private readonly RequestDelegate _next;
    private readonly bool _isEnabled;
    private readonly Dictionary<string, Limit> _limits;

    public RateLimits(
        RequestDelegate next,
        RateLimitOptions options,
        IEnumerable<RateLimitGroup> groups,
        TimeProvider clock
    )
    {
        _next = next;
        _isEnabled = options.Enabled;
        _limits = groups.ToDictionary(group => group.Name, group => new Limit(group, clock));
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (!_isEnabled || context.GetEndpoint() is not { } endpoint || !IsLimited(endpoint))
        {
            return _next(context);
        }

        var name = endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? Default;
        var limit = _limits[name];
        using var permit = limit.Limiter.AttemptAcquire(context);
        permit.TryGetMetadata(FixedWindow.Remaining, out var remaining);
        permit.TryGetMetadata(FixedWindow.ResetsIn, out var resetsIn);
        var fields = new Fields(
            context,
            limit.Policy,
            $"\"{name}\";r={remaining};t={Math.Ceiling(resetsIn.TotalSeconds)}"
        );
        context.Response.OnStarting(static state => ((Fields)state).WriteAsync(), fields);
        return permit.IsAcquired
            ? _next(context)
            : Problems.WriteAsync(context, HttpErrors.RateLimited with { RetryAfter = resetsIn });
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

    private static string KeyOf(HttpContext context, bool isPerUser)
    {
        if (isPerUser && context.User.FindFirst(AccessTokenFormat.UserIdClaim) is { } user)
        {
            return user.Value;
        }

        return ClientNetwork.Of(Client.AddressOf(context) ?? IPAddress.None);
    }

    private sealed class Limit(RateLimitGroup group, TimeProvider clock)
    {
        public string Policy { get; } = $"\"{group.Name}\";q={group.Window.Permits};w={group.Window.WindowSeconds}";

        public PartitionedRateLimiter<HttpContext> Limiter { get; } =
            PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.Get(KeyOf(context, group.IsPerUser), _ => new FixedWindow(group.Window, clock))
            );
    }

    private sealed record Fields(HttpContext Context, string Policy, string Current)
    {
        public Task WriteAsync()
        {
            Context.Response.Headers[PolicyFieldName] = Policy;
            Context.Response.Headers[FieldName] = Current;
            return Task.CompletedTask;
        }
    }
}

internal static class RateLimitRegistration
{
    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RateLimitOptions>(configuration, "RateLimits");
        services.AddSingleton(Group(RateLimits.SignIn, "SignIn", isPerUser: false, permits: 30));
        services.AddSingleton(Group(RateLimits.Refresh, "Refresh", isPerUser: false, permits: 60));
        services.AddSingleton(Group(RateLimits.Default, "Default", isPerUser: true, permits: 300));

        RateLimitGroup Group(string name, string section, bool isPerUser, int permits) =>
            new(
                name,
                isPerUser,
                Settings.Read(
                    configuration,
                    $"RateLimits:{section}",
                    new FixedWindowOptions { Permits = permits, WindowSeconds = 60 }
                )
            );
    }
}
