namespace Fitnessify.Domain.Common;

/// <summary>Something whose changes are numbered by its owner's change counter.</summary>
public interface IVersioned
{
    /// <summary>The user who owns it.</summary>
    Guid OwnerId { get; }

    /// <summary>The counter as the last change has raised it.</summary>
    long Version { get; }
}
