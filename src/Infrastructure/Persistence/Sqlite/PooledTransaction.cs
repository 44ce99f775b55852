using System.Data;
using System.Data.Common;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>A transaction on a borrowed connection; within a group of writers, a part of theirs that can be undone by itself.</summary>
internal sealed class PooledTransaction : DbTransaction
{
    private readonly PooledConnection _connection;
    private readonly PhysicalConnection _kept;
    private readonly bool _isPart;
    private bool _hasEnded;

    public PooledTransaction(PooledConnection connection)
    {
        _connection = connection;
        _kept = connection.Kept;
        _isPart = connection.Group is not null;
        // At once for writing: who begins by reading finds the file changed when it comes to writing.
        _kept.Execute(_isPart ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
    }

    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    protected override DbConnection DbConnection => _connection;

    public override void Commit()
    {
        _kept.Execute(_isPart ? "RELEASE part" : "COMMIT");
        End();
    }

    public override void Rollback()
    {
        End();
        // A connection that has failed is closed when it goes back, which undoes what SQLite has not undone by itself.
        if (_kept.Failure is null)
        {
            _kept.Execute(_isPart ? "ROLLBACK TO part" : "ROLLBACK");
            if (_isPart)
            {
                _kept.Execute("RELEASE part");
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
