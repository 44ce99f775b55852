namespace Fitnessify.Domain.Common;

/// <summary>An entity with changes that are numbered by the change counter of its owner.</summary>
public interface IVersioned
{
    /// <summary>The id, a UUID that the client may choose.</summary>
    Guid Id { get; }

    /// <summary>The user who owns it.</summary>
    Guid OwnerId { get; }

    /// <summary>The value of the change counter after the last change.</summary>
    long Version { get; }

    /// <summary>The version after the creation.</summary>
    long CreatedVersion { get; }

    /// <summary>The time of the deletion in UTC; null unless it is deleted.</summary>
    DateTimeOffset? DeletedAt { get; }
}
