using System.Globalization;
using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// Versions of tasks and lists are entity tags (RFC 9110, 8.8.3). An overdue task has a different tag because its representation says
/// so; its version is the same.
/// </summary>
internal static class ETags
{
    private const string OverdueSuffix = ".o";

    public static string Of(ListDto list) => $"\"{list.Version.ToString(CultureInfo.InvariantCulture)}\"";

    public static string Of(TaskDto task) =>
        $"\"{task.Version.ToString(CultureInfo.InvariantCulture)}{(task.IsOverdue ? OverdueSuffix : "")}\"";

    /// <summary>
    /// The method reads If-Match and If-None-Match. A tag that this server cannot have issued becomes one that nothing has.
    /// </summary>
    public static Precondition Expected(string? ifMatch, string? ifNoneMatch) =>
        new(
            // A weak tag never matches If-Match (RFC 9110, 13.1.1).
            ParseHeader(ifMatch, tag => !tag.IsWeak),
            ParseHeader(ifNoneMatch, _ => true)
        );

    /// <summary>The result is true if the header lists this tag, so that the copy of the client is current.</summary>
    public static bool Matches(string? ifNoneMatch, string tag) =>
        ifNoneMatch is not null
        && (IsAny(ifNoneMatch) || Parse(ifNoneMatch).Any(listed => listed.Tag.Equals(tag, StringComparison.Ordinal)));

    /// <summary>The result is true for a header that lists no tag at all.</summary>
    public static bool IsEmpty(string header) => header.All(character => character is ',' or ' ' or '\t');

    private static NamedVersions? ParseHeader(string? header, Func<EntityTagHeaderValue, bool> isIncluded) =>
        header is null ? null
        : IsAny(header) ? NamedVersions.Any
        : new NamedVersions([.. Parse(header).Where(isIncluded).Select(VersionOf).OfType<long>()]);

    private static bool IsAny(string header) => header.Trim() == "*";

    private static IList<EntityTagHeaderValue> Parse(string header) =>
        EntityTagHeaderValue.TryParseStrictList([header], out var tags) ? tags : [];

    // Only the form that this server writes is accepted: "033" is not a version.
    private static long? VersionOf(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        text = text.EndsWith(OverdueSuffix, StringComparison.Ordinal) ? text[..^OverdueSuffix.Length] : text;
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && text.SequenceEqual(version.ToString(CultureInfo.InvariantCulture))
            ? version
            : null;
    }
}
