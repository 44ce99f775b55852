namespace Fitnessify.Domain.Common;

/// <summary>Work that waits in the database until an instance claims it.</summary>
public interface ILeased
{
    /// <summary>The id, a UUID of version 7.</summary>
    Guid Id { get; }

    /// <summary>The earliest time of the next attempt in UTC; while an instance works on it, the end of its lease.</summary>
    DateTimeOffset NextAttemptAt { get; }

    /// <summary>Records that an instance has claimed it.</summary>
    /// <param name="until">The end of the lease in UTC.</param>
    void Claim(DateTimeOffset until);
}
