namespace Fitnessify.Client;

/// <summary>The options of an <see cref="OfflineReplica"/>. Its callbacks run on any thread.</summary>
public sealed class OfflineOptions
{
    /// <summary>
    /// Decides what becomes of a conflict: both sides have changed the same member, the status cannot change like this any more, or
    /// one side has deleted what the other has changed. Changes of different members are no conflict.
    /// </summary>
    /// <remarks>
    /// By default the change that is sent later applies, and a deletion wins. An exception ends the sync with it, and the change
    /// waits for the next one. The token is canceled when the sync is.
    /// </remarks>
    public Func<OfflineConflict, CancellationToken, Task<OfflineResolution>>? OnConflict { get; set; }

    /// <summary>Called after each change of the tasks, the lists or the changes of the replica.</summary>
    /// <remarks>
    /// What it throws affects neither the change nor the call that has made it; <see cref="TaskScheduler"/> reports it as an unobserved
    /// exception.
    /// </remarks>
    public Action? OnChange { get; set; }

    /// <summary>
    /// The IANA name of the user's time zone. By default it is that of the account, and before the first sync that of the device.
    /// </summary>
    public string? TimeZone { get; set; }

    /// <summary>How many changes may wait; by default 10,000.</summary>
    public int MaxChanges { get; set; } = 10_000;
}
