using System.Threading.RateLimiting;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.RateLimits;

/// <summary>
/// Section <c>RateLimits:{group}</c>: <c>SignIn</c> is for most routes below <c>auth</c>, by address; <c>Refresh</c> for
/// <c>auth/refresh</c>, by address; <c>Probe</c> for what a form asks while somebody types (<c>auth/username-availability</c>,
/// <c>auth/password-strength</c>), by address; <c>Default</c> for all others, by user or else by address.
/// </summary>
internal sealed class FixedWindowOptions
{
    /// <summary>Requests in a window.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 10_000_000)]
    public int Permits { get; init; }

    /// <summary>Length of a window in seconds.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 86_400)]
    public int WindowSeconds { get; init; }
}

/// <summary>
/// A fixed window that tells with each permit how many are left and when the window ends. The framework's own limiter does
/// not, and the RateLimit header needs both; everything around it, partitions and their clean-up, is the framework's.
/// </summary>
internal sealed class FixedWindow(FixedWindowOptions options, TimeProvider clock) : RateLimiter
{
    public static readonly MetadataName<int> Remaining = new("REMAINING");
    public static readonly MetadataName<TimeSpan> ResetsIn = new("RESETS_IN");

    private readonly Lock _lock = new();
    private DateTimeOffset _endsAt = DateTimeOffset.MinValue;
    private int _used;

    /// <summary>Since when nothing would be lost by forgetting this window; null while it counts.</summary>
    public override TimeSpan? IdleDuration => clock.Now() - _endsAt is { Ticks: > 0 } idle ? idle : null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = clock.Now();
            // Also when the clock has been put back: the window would not end before it is there again.
            if (now >= _endsAt || _endsAt - now > TimeSpan.FromSeconds(options.WindowSeconds))
            {
                (_endsAt, _used) = (now.AddSeconds(options.WindowSeconds), 0);
            }

            var isAcquired = _used + permitCount <= options.Permits;
            _used += isAcquired ? permitCount : 0;
            return new Permit(isAcquired, options.Permits - _used, _endsAt - now);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Permit(bool isAcquired, int remaining, TimeSpan resetsIn) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [Remaining.Name, ResetsIn.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata =
                metadataName == Remaining.Name ? remaining
                : metadataName == ResetsIn.Name ? resetsIn
                : null;
            return metadata is not null;
        }
    }
}
