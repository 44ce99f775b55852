namespace Fitnessify.Domain.Mail;

/// <summary>What a mail tells of. The database stores the name.</summary>
public enum MailKind
{
    /// <summary>Tasks are due or overdue; see <see cref="TasksDueMail"/>.</summary>
    TasksDue,

    /// <summary>The mail has a link that confirms an address.</summary>
    ConfirmEmail,

    /// <summary>
    /// Somebody requested an address that belongs to another account. The mail is sent in place of <see cref="ConfirmEmail"/>.
    /// </summary>
    AddressInUse,

    /// <summary>The mail has a link that sets a new password.</summary>
    ResetPassword,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The password was reset with a mailed link.</summary>
    PasswordReset,

    /// <summary>The right password or identity was given, but no second factor followed.</summary>
    SignInNotCompleted,

    /// <summary>A sign-in came from a new device.</summary>
    NewDevice,

    /// <summary>A change of the address was requested.</summary>
    EmailChangeRequested,

    /// <summary>The address was replaced.</summary>
    EmailChanged,

    /// <summary>MFA was enabled.</summary>
    MfaEnabled,

    /// <summary>MFA was disabled, by the user or an admin.</summary>
    MfaDisabled,

    /// <summary>The recovery codes were replaced.</summary>
    RecoveryCodesReplaced,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>An identity was linked.</summary>
    IdentityLinked,

    /// <summary>An identity was unlinked.</summary>
    IdentityUnlinked,
}

/// <summary>Where a mail stands. The database stores the name.</summary>
public enum OutboxStatus
{
    /// <summary>The mail is to be sent.</summary>
    Pending,

    /// <summary>The mail server has accepted the mail.</summary>
    Sent,

    /// <summary>When the mail was due, there was no recipient for it.</summary>
    Dropped,

    /// <summary>The mail server rejected the mail for good, or attempts failed for too long.</summary>
    GivenUp,
}
