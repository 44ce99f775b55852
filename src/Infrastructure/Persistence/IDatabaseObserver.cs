namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Observes what EF Core reports to no interceptor: the transactions of SQLite, which several units of work share, and a
/// SQL Server that cannot be reached.
/// </summary>
internal interface IDatabaseObserver
{
    /// <summary>SQL Server could not be reached.</summary>
    /// <param name="duration">How long it was tried, until now.</param>
    /// <param name="failure">Why it could not.</param>
    void RecordFailedOpen(TimeSpan duration, Exception failure);

    /// <summary>A connection to SQLite has run a statement about a transaction.</summary>
    /// <param name="text">The statement. To begin waits for other processes, to commit for the disk.</param>
    /// <param name="duration">How long it took, until now.</param>
    /// <param name="failure">Why it failed; null if it succeeded.</param>
    void RecordTransaction(string text, TimeSpan duration, Exception? failure);
}
