using System.Net;
using System.Threading.RateLimiting;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Security;

namespace Fitnessify.WebApi.Http.RateLimits;

internal sealed class RateLimit(RateLimitGroup group, EndedSessions ended, TimeProvider clock)
{
    public string Policy { get; } = $"\"{group.Name}\";q={group.Window.Permits};w={group.Window.WindowSeconds}";

    public int Permits => group.Window.Permits;

    public PartitionedRateLimiter<HttpContext> Limiter { get; } =
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.Get(KeyOf(context, group.IsPerUser, ended), _ => new FixedWindow(group.Window, clock))
        );

    private static string KeyOf(HttpContext context, bool isPerUser, EndedSessions ended)
    {
        if (
            isPerUser
            && context.User.FindFirst(AccessTokenFormat.UserIdClaim) is { } user
            && !ended.Contains(context.User.FindFirst(AccessTokenFormat.SessionIdClaim)?.Value ?? "")
        )
        {
            return user.Value;
        }

        return ClientNetwork.Of(Client.AddressOf(context) ?? IPAddress.None);
    }
}

/// <summary>The charge takes permits for one request and writes the RateLimit headers of its response.</summary>
internal sealed class RateLimitCharge(HttpContext context, string name, RateLimit limit)
{
    private string _current = "";

    /// <summary>The result is null, or the failure when too few permits are left.</summary>
    public Error? TakeOrRefuse(int permits)
    {
        using var lease = limit.Limiter.AttemptAcquire(context, permits);
        lease.TryGetMetadata(FixedWindow.Remaining, out var remaining);
        lease.TryGetMetadata(FixedWindow.ResetsIn, out var resetsIn);
        _current = $"\"{name}\";r={remaining};t={Math.Ceiling(resetsIn.TotalSeconds)}";
        return lease.IsAcquired ? null : HttpErrors.RateLimited with { RetryAfter = resetsIn };
    }

    /// <summary>
    /// The remaining permits of a batch are taken at once; a batch larger than the window takes all that the window holds.
    /// </summary>
    public Error? TakeFurtherOrRefuse(int permits) => TakeOrRefuse(Math.Min(permits, limit.Permits - 1));

    public Task WriteAsync()
    {
        context.Response.Headers[RateLimiting.PolicyFieldName] = limit.Policy;
        context.Response.Headers[RateLimiting.FieldName] = _current;
        return Task.CompletedTask;
    }
}
