using System.Net.Http.Headers;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Reads the pause that a service asks for (RFC 9110, 10.2.3).</summary>
internal static class PushRetries
{
    /// <summary>Returns the pause from now on, which is never negative; null if the service asks for none.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseHeaders headers, DateTimeOffset now)
    {
        var pause = headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
