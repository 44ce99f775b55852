using System.Net;
using System.Threading.RateLimiting;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure;
using Fitnessify.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
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
    public const string Probe = "probe";
    public const string Default = "default";
    public const string FieldName = "RateLimit";
    public const string PolicyFieldName = "RateLimit-Policy";

    private readonly RequestDelegate _next;
    private readonly bool _isEnabled;
    private readonly Dictionary<string, RateLimit> _limits;

    public RateLimits(
        RequestDelegate next,
        RateLimitOptions options,
        IEnumerable<RateLimitGroup> groups,
        TimeProvider clock
    )
    {
        _next = next;
        _isEnabled = options.Enabled;
        _limits = groups.ToDictionary(group => group.Name, group => new RateLimit(group, clock));
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

/// <summary>The windows of one group of routes.</summary>
internal sealed class RateLimit(RateLimitGroup group, TimeProvider clock)
{
    public string Policy { get; } = $"\"{group.Name}\";q={group.Window.Permits};w={group.Window.WindowSeconds}";

    public int Permits => group.Window.Permits;

    public PartitionedRateLimiter<HttpContext> Limiter { get; } =
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.Get(KeyOf(context, group.IsPerUser), _ => new FixedWindow(group.Window, clock))
        );

    private static string KeyOf(HttpContext context, bool isPerUser)
    {
        if (isPerUser && context.User.FindFirst(AccessTokenFormat.UserIdClaim) is { } user)
        {
            return user.Value;
        }

        return ClientNetwork.Of(Client.AddressOf(context) ?? IPAddress.None);
    }
}

/// <summary>What one request takes of its limit, and what its answer says about that.</summary>
internal sealed class RateLimitCharge(HttpContext context, string name, RateLimit limit)
{
    private string _current = "";

    /// <summary>Takes so much; null, or the failure when there is not as much left.</summary>
    public Error? TakeOrRefuse(int permits)
    {
        using var lease = limit.Limiter.AttemptAcquire(context, permits);
        lease.TryGetMetadata(FixedWindow.Remaining, out var remaining);
        lease.TryGetMetadata(FixedWindow.ResetsIn, out var resetsIn);
        _current = $"\"{name}\";r={remaining};t={Math.Ceiling(resetsIn.TotalSeconds)}";
        return lease.IsAcquired ? null : HttpErrors.RateLimited with { RetryAfter = resetsIn };
    }

    /// <summary>The same for what comes after the first permit: what is more than a window holds takes a whole one.</summary>
    public Error? TakeFurtherOrRefuse(int permits) => TakeOrRefuse(Math.Min(permits, limit.Permits - 1));

    public Task WriteAsync()
    {
        context.Response.Headers[RateLimits.PolicyFieldName] = limit.Policy;
        context.Response.Headers[RateLimits.FieldName] = _current;
        return Task.CompletedTask;
    }
}

/// <summary>Counts each operation of a batch like a request of its own; the first has been counted with the request.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CountsOperationsAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        var further =
            context.ActionArguments.Values.OfType<BatchTasksCommand>().Sum(batch => batch.Operations?.Count) - 1;
        if (
            further > 0
            && context.HttpContext.Features.Get<RateLimitCharge>()?.TakeFurtherOrRefuse(further.Value) is { } refusal
        )
        {
            context.Result = new ProblemResult(refusal);
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
        services.AddSingleton(Group(RateLimits.Probe, "Probe", isPerUser: false, permits: 120));
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
