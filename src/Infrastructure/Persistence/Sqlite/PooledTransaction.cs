using System.Data;
using System.Data.Common;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>A transaction on a borrowed connection; within a commit group, a savepoint that can be rolled back on its own.</summary>
internal sealed class PooledTransaction : DbTransaction
{
    private readonly PooledConnection _connection;
    private readonly PhysicalConnection _physical;
    private readonly bool _isSavepoint;
    private bool _hasEnded;

    public PooledTransaction(PooledConnection connection)
    {
        _connection = connection;
        _physical = connection.Kept;
        _isSavepoint = connection.Group is not null;
        // The lock for writing is taken at once. A transaction that reads first fails when it writes, if the file has changed
        // since.
        _physical.Execute(_isSavepoint ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
    }

    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    protected override DbConnection DbConnection => _connection;

    public override void Commit()
    {
        _physical.Execute(_isSavepoint ? "RELEASE part" : "COMMIT");
        End();
    }

    public override void Rollback()
    {
        End();
        // A connection that has failed is closed when it is returned, which rolls back what SQLite has not rolled back itself.
        if (_physical.Failure is null)
        {
            _physical.Execute(_isSavepoint ? "ROLLBACK TO part" : "ROLLBACK");
            if (_isSavepoint)
            {
                _physical.Execute("RELEASE part");
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_hasEnded)
        {
            Rollback();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        _hasEnded = true;
        _connection.Transaction = null;
    }
}
