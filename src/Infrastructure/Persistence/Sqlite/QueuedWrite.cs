using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>A writer in the queue.</summary>
internal abstract class QueuedWrite
{
    // Another writer may run this one: what a request keeps in it, such as the parent of its spans, must be its own.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private int _isTaken;

    /// <summary>Returns true only once: to the queue, which then lets it write, or to the writer, who then no longer waits.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>Does something in the context of the writer.</summary>
    public void InContext(Action act)
    {
        if (_context is null)
        {
            act();
        }
        else
        {
            ExecutionContext.Run(_context, static act => ((Action)act!)(), act);
        }
    }

    /// <summary>Writes in the group. A failure is kept until <see cref="Complete"/>.</summary>
    public abstract Task WriteAsync(CommitGroup group);

    /// <summary>Gives the writer the result.</summary>
    /// <param name="failure">Why the group is not committed, or null.</param>
    public abstract void Complete(Exception? failure);
}

/// <inheritdoc />
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class QueuedWrite<T>(PooledConnection connection, Func<Task<T>> write) : QueuedWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _written;
    private Exception? _failure;
    private bool _hasBrokenGroup;

    /// <summary>Completes when the commit of the group is on the disk.</summary>
    public Task<T> Completion => _completion.Task;

    public override Task WriteAsync(CommitGroup group)
    {
        connection.Group = group;
        var writing = Task.CompletedTask;
        InContext(() => writing = WriteAsync());
        return writing;
    }

    public override void Complete(Exception? failure)
    {
        // Changes of another writer in the group may have caused a failure. They can be read only after the commit, and if that fails,
        // they were never there.
        if ((_hasBrokenGroup ? _failure : failure ?? _failure) is { } exception)
        {
            _completion.SetException(exception);
        }
        else
        {
            _completion.SetResult(_written!);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The writer receives the exception.")]
    private async Task WriteAsync()
    {
        try
        {
            _written = await write();
        }
        catch (Exception exception)
        {
            _failure = exception;
            _hasBrokenGroup = connection.Group!.IsBroken;
        }
        finally
        {
            connection.Group = null;
        }
    }
}
