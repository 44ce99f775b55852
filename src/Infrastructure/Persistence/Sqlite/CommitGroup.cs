using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>Writers whose work is committed together.</summary>
internal sealed class CommitGroup(PhysicalConnection writer)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PhysicalConnection Writer => writer;

    public int Size { get; set; }

    /// <summary>Ends when the disk has it, or fails as the commit does.</summary>
    public Task Committed => _committed.Task;

    /// <summary>Whether nothing of it will be committed.</summary>
    public bool IsBroken => writer.Failure is not null;

    [SuppressMessage("Design", "CA1031", Justification = "It is thrown to whoever waits.")]
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
            // Read, so that nobody misses it when nobody waits.
            _ = _committed.Task.Exception;
        }
    }
}
