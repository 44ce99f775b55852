using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Mail;

/// <summary>The mails about an account, to be added to the outbox.</summary>
public static class AccountMails
{
    private static readonly Dictionary<string, string> NoData = [];

    /// <summary>Asks the user to confirm the address that waits for it, if any does when the mail is sent.</summary>
    public static OutboxMail ConfirmEmail(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.ConfirmEmail, userId, NoData, now);

    /// <summary>The same, to whoever waits for this address to be confirmed, if anybody does.</summary>
    public static OutboxMail ConfirmEmail(string address, DateTimeOffset now) =>
        OutboxMail.ToAddress(MailKind.ConfirmEmail, address, NoData, now);

    /// <summary>Lets whoever has this address, if anybody has, set a new password.</summary>
    public static OutboxMail ResetPassword(string address, DateTimeOffset now) =>
        OutboxMail.ToAddress(MailKind.ResetPassword, address, NoData, now);

    /// <summary>Tells the user that the password was changed.</summary>
    public static OutboxMail PasswordChanged(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasswordChanged, userId, At(now), now);

    /// <summary>Tells the user that the second factor was switched on.</summary>
    public static OutboxMail MfaEnabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaEnabled, userId, At(now), now);

    /// <summary>Tells the user that the second factor was switched off, whoever did it.</summary>
    public static OutboxMail MfaDisabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaDisabled, userId, At(now), now);

    /// <summary>Tells the user that a passkey was added.</summary>
    public static OutboxMail PasskeyAdded(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasskeyAdded, userId, At(now), now);

    /// <summary>Tells the user that a passkey was removed.</summary>
    public static OutboxMail PasskeyRemoved(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasskeyRemoved, userId, At(now), now);

    /// <summary>Tells the user, at the present address, that another one was asked for.</summary>
    public static OutboxMail EmailChangeRequested(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.EmailChangeRequested, userId, At(now), now);

    /// <summary>Tells the user, at the address that was replaced, that it was.</summary>
    public static OutboxMail EmailChanged(Guid userId, string formerAddress, DateTimeOffset now) =>
        OutboxMail.ToFormerAddress(MailKind.EmailChanged, userId, formerAddress, At(now), now);

    /// <summary>Tells the user of a sign-in from a device that was not seen before.</summary>
    public static OutboxMail NewDevice(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OutboxMail.ToUser(
            MailKind.NewDevice,
            session.OwnerId,
            new Dictionary<string, string>(At(session.CreatedAt))
            {
                ["device"] = session.Device ?? "unknown",
                ["ipAddress"] = session.IpAddress ?? "unknown",
            },
            session.CreatedAt
        );
    }

    private static Dictionary<string, string> At(DateTimeOffset now) =>
        new() { ["at"] = MailTimes.Format(now, TimeZoneInfo.Utc) };
}
