using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>What a request expects of the task before it changes it (RFC 9110, 13.1).</summary>
/// <param name="IfMatch">It has to be there in one of these versions; null when the request does not say.</param>
/// <param name="IfNoneMatch">It must not be there in one of these versions; null when the request does not say.</param>
public sealed record Precondition(NamedVersions? IfMatch = null, NamedVersions? IfNoneMatch = null)
{
    /// <summary>Expects nothing.</summary>
    public static Precondition None { get; } = new();

    internal bool AllowsNew => IfMatch is null;

    internal bool OnlyNew => IfMatch is null && IfNoneMatch == NamedVersions.Any;

    internal bool Allows(TaskItem task) =>
        (IfMatch is null || IfMatch.Include(task.Version))
        && (IfNoneMatch is null || !IfNoneMatch.Include(task.Version));
}

/// <summary>Versions that a request names.</summary>
/// <param name="Versions">Those; null for any.</param>
public sealed record NamedVersions(IReadOnlyList<long>? Versions)
{
    /// <summary>Any version.</summary>
    public static NamedVersions Any { get; } = new(Versions: null);

    internal bool Include(long version) => Versions is null || Versions.Contains(version);
}
