namespace Fitnessify.Client;

/// <summary>Why an <see cref="OfflineReplica"/> or its store refused.</summary>
public enum OfflineErrorReason
{
    /// <summary>The device does not show such a task or list, or no such change waits.</summary>
    NotFound,

    /// <summary>As many changes wait as <see cref="OfflineOptions.MaxChanges"/> permits.</summary>
    QueueFull,

    /// <summary>The session is that of another user than the copies and changes on the device.</summary>
    OwnerChanged,

    /// <summary>Another replica, perhaps of another process, has opened the store.</summary>
    StoreInUse,

    /// <summary>The store holds something that no replica of this version has written.</summary>
    StoreDamaged,

    /// <summary>The replica is closed.</summary>
    Closed,
}

/// <summary>The replica on this device, or its store, refused; <see cref="Reason"/> says why.</summary>
public sealed class OfflineException : Exception
{
    internal OfflineException(OfflineErrorReason reason, string? message = null, Exception? cause = null)
        : base(message ?? MessageOf(reason), cause) => Reason = reason;

    /// <summary>The reason.</summary>
    public OfflineErrorReason Reason { get; }

    private static string MessageOf(OfflineErrorReason reason) =>
        reason switch
        {
            OfflineErrorReason.NotFound => "There is no such task, list or change on this device.",
            OfflineErrorReason.QueueFull => "Too many changes wait. Sync, or discard what the server has rejected.",
            OfflineErrorReason.OwnerChanged =>
                "The copies and the changes on this device are another user's. Clear or adopt them.",
            OfflineErrorReason.StoreInUse => "Another replica has opened the store.",
            OfflineErrorReason.StoreDamaged => "The store is damaged.",
            _ => "The replica is closed.",
        };
}
