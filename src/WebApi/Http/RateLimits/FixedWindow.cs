using System.Threading.RateLimiting;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.RateLimits;

/// <summary>
/// Section <c>RateLimits:{group}</c>: the group <c>SignIn</c> limits most routes below <c>auth</c>, and
/// <c>users/me/registration</c>, by address; <c>Guest</c> limits <c>auth/guest</c> by address; <c>Refresh</c>
/// limits <c>auth/refresh</c> by address; <c>Probe</c> limits the checks that a form sends while the user types
/// (<c>auth/username-availability</c>, <c>auth/password-strength</c>) by address; <c>Default</c> limits all other routes by
/// user, or by address when nobody is signed in.
/// </summary>
internal sealed class FixedWindowOptions
{
    /// <summary>The number of requests that a window permits.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 10_000_000)]
    public int Permits { get; init; }

    /// <summary>The length of a window in seconds.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 86_400)]
    public int WindowSeconds { get; init; }
}

/// <summary>
/// The framework's limiter does not report how many permits are left and when the window ends, which the RateLimit header
/// needs. Partitioning and cleanup remain those of the framework.
/// </summary>
internal sealed class FixedWindow(FixedWindowOptions options, TimeProvider clock) : RateLimiter
{
    public static readonly MetadataName<int> Remaining = new("REMAINING");
    public static readonly MetadataName<TimeSpan> ResetsIn = new("RESETS_IN");

    private readonly Lock _lock = new();
    private DateTimeOffset _endsAt = DateTimeOffset.MinValue;
    private int _used;

    /// <summary>
    /// The framework may discard a window that has ended; the value is null while the window still counts requests.
    /// </summary>
    public override TimeSpan? IdleDuration => clock.Now() - _endsAt is { Ticks: > 0 } idle ? idle : null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = clock.Now();
            // A clock that is set back also starts a new window, because the old one would last until the clock catches up.
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
