using System.Globalization;
using Fitnessify.Application.Tasks;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http;

/// <summary>Versions as entity tags (RFC 9110, 8.8.3). What is overdue has another tag, because it says so; its version is the same.</summary>
internal static class ETags
{
    private const string Overdue = ".o";

    /// <summary>The strong tag of a task.</summary>
    public static string Of(TaskDto task) =>
        $"\"{task.Version.ToString(CultureInfo.InvariantCulture)}{(task.IsOverdue ? Overdue : "")}\"";

    /// <summary>Answers with the task's tag, and gives the task back.</summary>
    public static TaskDto Announce(HttpResponse response, TaskDto task)
    {
        response.Headers.ETag = Of(task);
        return task;
    }

    /// <summary>What If-Match and If-None-Match expect. A tag that cannot be ours is one that no task has.</summary>
    public static Precondition Expected(string? ifMatch, string? ifNoneMatch) =>
        new(
            // A weak tag never matches here (RFC 9110, 13.1.1).
            Named(ifMatch, tag => !tag.IsWeak),
            Named(ifNoneMatch, _ => true)
        );

    /// <summary>Whether If-None-Match holds the task as it is.</summary>
    public static bool Matches(string? ifNoneMatch, TaskDto task) =>
        ifNoneMatch is not null
        && (IsAny(ifNoneMatch) || Parse(ifNoneMatch).Any(tag => tag.Tag.Equals(Of(task), StringComparison.Ordinal)));

    /// <summary>Whether the header is there and names nothing at all.</summary>
    public static bool IsEmpty(string header) => header.All(character => character is ',' or ' ' or '\t');

    private static NamedVersions? Named(string? header, Func<EntityTagHeaderValue, bool> isMeant) =>
        header is null ? null
        : IsAny(header) ? NamedVersions.Any
        : new NamedVersions([.. Parse(header).Where(isMeant).Select(VersionOf).OfType<long>()]);

    private static bool IsAny(string header) => header.Trim() == "*";

    private static IList<EntityTagHeaderValue> Parse(string header) =>
        EntityTagHeaderValue.TryParseStrictList([header], out var tags) ? tags : [];

    // As written here, and in no other way: "033" is no version.
    private static long? VersionOf(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        text = text.EndsWith(Overdue, StringComparison.Ordinal) ? text[..^Overdue.Length] : text;
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && text.SequenceEqual(version.ToString(CultureInfo.InvariantCulture))
            ? version
            : null;
    }
}
