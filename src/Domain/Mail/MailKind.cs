namespace Fitnessify.Domain.Mail;

/// <summary>What a mail tells of. Each kind has two templates of its name; the database stores the name.</summary>
public enum MailKind
{
    /// <summary>A task has passed its time; see <see cref="TaskOverdueMail"/>.</summary>
    TaskOverdue,

    /// <summary>A link that confirms an address.</summary>
    ConfirmEmail,

    /// <summary>Somebody has claimed an address that belongs to another account; goes out in place of <see cref="ConfirmEmail"/>.</summary>
    AddressInUse,

    /// <summary>A link that sets a new password.</summary>
    ResetPassword,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The password was replaced with a mailed link.</summary>
    PasswordReset,

    /// <summary>The right password was given, and the second factor never came.</summary>
    SignInNotCompleted,

    /// <summary>A sign-in from a device that was not seen before.</summary>
    NewDevice,

    /// <summary>Another address was asked for.</summary>
    EmailChangeRequested,

    /// <summary>The address was replaced.</summary>
    EmailChanged,

    /// <summary>The second factor was switched on.</summary>
    MfaEnabled,

    /// <summary>The second factor was switched off, by the user or an admin.</summary>
    MfaDisabled,

    /// <summary>New recovery codes took the place of the old ones.</summary>
    RecoveryCodesReplaced,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,
}

/// <summary>Where a mail stands. The database stores the name.</summary>
public enum OutboxStatus
{
    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>When its time came, nobody was to get it.</summary>
    Dropped,

    /// <summary>Refused for good, or failed for too long.</summary>
    GivenUp,
}
