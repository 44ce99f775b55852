using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Common;

/// <summary>The precondition of a request on the current version of a task or list (RFC 9110, 13.1).</summary>
/// <param name="IfMatch">The versions of which it must have one; null without If-Match.</param>
/// <param name="IfNoneMatch">The versions of which it must have none; null without If-None-Match.</param>
public sealed record Precondition(NamedVersions? IfMatch = null, NamedVersions? IfNoneMatch = null)
{
    /// <summary>The precondition that everything meets.</summary>
    public static Precondition None { get; } = new();

    internal bool AllowsNew => IfMatch is null;

    internal bool OnlyNew => IfMatch is null && IfNoneMatch == NamedVersions.Any;

    internal bool Allows(IVersioned existing) =>
        (IfMatch is null || IfMatch.Include(existing.Version))
        && (IfNoneMatch is null || !IfNoneMatch.Include(existing.Version));
}

/// <summary>The versions that a header names.</summary>
/// <param name="Versions">The versions; null for <c>*</c>, which stands for any version.</param>
public sealed record NamedVersions(IReadOnlyList<long>? Versions)
{
    /// <summary>Stands for any version.</summary>
    public static NamedVersions Any { get; } = new(Versions: null);

    internal bool Include(long version) => Versions is null || Versions.Contains(version);
}
