namespace Fitnessify.Domain.Common;

/// <summary>Distinguishes an outage of a dependency from a bug.</summary>
public interface IOutages
{
    /// <summary>Returns true if a retry can help: the database is unreachable, locked, full or too slow.</summary>
    bool IsOutage(Exception exception);
}
