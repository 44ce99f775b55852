using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>Writers that are committed together.</summary>
internal sealed class CommitGroup(PhysicalConnection writer)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PhysicalConnection Writer => writer;

    public int Size { get; set; }

    /// <summary>Completes when the commit is on the disk, and fails if the commit fails.</summary>
    public Task Committed => _committed.Task;

    /// <summary>Whether the group cannot be committed any more, also because SQLite has rolled it back by itself.</summary>
    public bool IsBroken => writer.Failure is not null || !writer.HasTransaction;

    [SuppressMessage("Design", "CA1031", Justification = "Every waiting writer receives the exception.")]
    public void Commit()
    {
        try
        {
            if (writer.Failure is { } failure)
            {
                throw failure;
            }

            writer.Execute("COMMIT");
            _committed.SetResult();
        }
        catch (Exception exception)
        {
            writer.Failure ??= exception;
            _committed.SetException(exception);
            // The exception counts as observed then, even if no writer waits for it.
            _ = _committed.Task.Exception;
        }
    }
}
