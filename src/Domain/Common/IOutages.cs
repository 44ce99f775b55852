namespace Fitnessify.Domain.Common;

/// <summary>Tells an outage of something we depend on from a bug of ours.</summary>
public interface IOutages
{
    /// <summary>True when trying again later can help: the database cannot be reached, is locked, full or too slow.</summary>
    bool IsOutage(Exception exception);
}
