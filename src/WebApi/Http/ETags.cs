using System.Globalization;
using Fitnessify.Application.Tasks;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http;

/// <summary>Versions as entity tags (RFC 9110, 8.8.3).</summary>
internal static class ETags
{
    /// <summary>The strong tag of a version.</summary>
    public static string Of(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Answers with the task's tag, and gives the task back.</summary>
    public static TaskDto Announce(HttpResponse response, TaskDto task)
    {
        response.Headers.ETag = Of(task.Version);
        return task;
    }

    /// <summary>What If-Match and If-None-Match expect. A tag that cannot be ours is one that no task has.</summary>
    public static Precondition Expected(string? ifMatch, string? ifNoneMatch = null) =>
        new(
            ifMatch is null || ifMatch.Trim() == "*"
                ? null
                : [.. Parse(ifMatch).Where(tag => !tag.IsWeak).Select(VersionOf).OfType<long>()],
            ifNoneMatch?.Trim() == "*",
            ifMatch?.Trim() == "*"
        );

    /// <summary>Whether If-None-Match holds the version.</summary>
    public static bool Matches(string? ifNoneMatch, long version) =>
        ifNoneMatch is not null
        && (ifNoneMatch.Trim() == "*" || Parse(ifNoneMatch).Any(tag => VersionOf(tag) == version));

    private static IList<EntityTagHeaderValue> Parse(string header) =>
        EntityTagHeaderValue.TryParseList([header], out var tags) ? tags : [];

    private static long? VersionOf(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}
