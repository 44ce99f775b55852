using System.Collections.Concurrent;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Lets one writer at a time of this process into a SQLite file. SQLite allows no more anyway; without the gate the
/// others would poll for the lock on threads of the pool instead of waiting their turn.
/// </summary>
internal static class SqliteWriteGate
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new();

    /// <summary>Waits for the turn; dispose what is returned to end it.</summary>
    /// <exception cref="TimeoutException">It has not come: while the file is locked or slow, no queue without end builds up.</exception>
    public static async Task<IDisposable> EnterAsync(
        string connectionString,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var gate = Gates.GetOrAdd(connectionString, _ => new SemaphoreSlim(1, 1));
        return await gate.WaitAsync(patience, cancellationToken)
            ? new Turn(gate)
            : throw new TimeoutException("Too many writes wait for the database.");
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
