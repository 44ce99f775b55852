using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>Writers that are committed together.</summary>
internal sealed class CommitGroup(PhysicalConnection writer)
{
    public PhysicalConnection Writer => writer;

    /// <summary>Whether the group cannot be committed any more, also because SQLite has rolled it back by itself.</summary>
    public bool IsBroken => writer.Failure is not null || !writer.HasTransaction;

    /// <summary>Commits, so that the changes are on the disk when this returns.</summary>
    /// <returns>Why it has failed, or null.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Every waiting writer receives the exception.")]
    public Exception? Commit()
    {
        try
        {
            if (writer.Failure is null)
            {
                writer.Execute("COMMIT");
            }
        }
        catch (Exception exception)
        {
            writer.Failure ??= exception;
        }

        return writer.Failure;
    }
}
