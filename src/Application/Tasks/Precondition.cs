using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>What a request expects of the task before it changes it (RFC 9110, 13.1).</summary>
/// <param name="Versions">If-Match: any of these; null when it does not say.</param>
/// <param name="OnlyNew">If-None-Match: *: there must be none.</param>
/// <param name="OnlyExisting">If-Match: *: there must be one, in any version.</param>
public sealed record Precondition(IReadOnlyList<long>? Versions = null, bool OnlyNew = false, bool OnlyExisting = false)
{
    /// <summary>Expects nothing.</summary>
    public static Precondition None { get; } = new();

    internal bool AllowsNew => Versions is null && !OnlyExisting;

    internal bool Allows(TaskItem task) => !OnlyNew && (Versions is null || Versions.Contains(task.Version));
}
