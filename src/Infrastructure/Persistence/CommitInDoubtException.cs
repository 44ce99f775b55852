namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// A commit has failed, and may have happened all the same. It is never retried: done again, it would find its own traces and
/// report them as somebody else's.
/// </summary>
internal sealed class CommitInDoubtException(Exception cause)
    : Exception("A commit failed; it may have happened all the same.", cause);
