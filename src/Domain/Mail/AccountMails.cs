using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Mail;

/// <summary>Creates the mails about an account, to be added to the outbox.</summary>
public static class AccountMails
{
    /// <summary>The name under which <see cref="SignInNotCompleted"/> stores the id of its challenge token.</summary>
    public const string ChallengeId = "challengeId";

    private static readonly Dictionary<string, string> NoData = [];

    /// <summary>Asks the user to confirm the pending address, if there is one when the mail is sent.</summary>
    public static OutboxMail ConfirmEmail(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.ConfirmEmail, userId, NoData, now);

    /// <summary>Asks the account for which this address is pending, if there is one, to confirm it.</summary>
    public static OutboxMail ConfirmEmail(string address, DateTimeOffset now) =>
        OutboxMail.ToAddress(MailKind.ConfirmEmail, address, NoData, now);

    /// <summary>Lets the user of the account with this address, if there is one, set a new password.</summary>
    public static OutboxMail ResetPassword(string address, DateTimeOffset now) =>
        OutboxMail.ToAddress(MailKind.ResetPassword, address, NoData, now);

    /// <summary>
    /// Notifies the user that the password was reset with a mailed link, and lists the other authenticators of the account.
    /// </summary>
    /// <param name="userId">The id of the account.</param>
    /// <param name="authenticators">One line for each authenticator.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail PasswordReset(Guid userId, IEnumerable<string> authenticators, DateTimeOffset now) =>
        OutboxMail.ToUser(
            MailKind.PasswordReset,
            userId,
            new Dictionary<string, string>(At(now)) { ["authenticators"] = string.Join('\n', authenticators) },
            now
        );

    /// <summary>
    /// Notifies the user, when a challenge token has expired unused, that somebody gave the right password but no second
    /// factor.
    /// </summary>
    public static OutboxMail SignInNotCompleted(
        Guid userId,
        Guid challengeId,
        string? device,
        string? ipAddress,
        DateTimeOffset now
    ) =>
        OutboxMail.ToUser(
            MailKind.SignInNotCompleted,
            userId,
            new Dictionary<string, string>(From(device, ipAddress, now)) { [ChallengeId] = challengeId.ToString() },
            now,
            now + ChallengeToken.Lifetime
        );

    /// <summary>Notifies the user that the password was changed.</summary>
    public static OutboxMail PasswordChanged(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasswordChanged, userId, At(now), now);

    /// <summary>Notifies the user that MFA was enabled.</summary>
    public static OutboxMail MfaEnabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaEnabled, userId, At(now), now);

    /// <summary>Notifies the user that MFA was disabled, by the user or by an admin.</summary>
    public static OutboxMail MfaDisabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaDisabled, userId, At(now), now);

    /// <summary>Notifies the user that the recovery codes were replaced.</summary>
    public static OutboxMail RecoveryCodesReplaced(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.RecoveryCodesReplaced, userId, At(now), now);

    /// <summary>Notifies the user that a passkey was added.</summary>
    public static OutboxMail PasskeyAdded(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasskeyAdded, userId, At(now), now);

    /// <summary>Notifies the user that a passkey was removed.</summary>
    public static OutboxMail PasskeyRemoved(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasskeyRemoved, userId, At(now), now);

    /// <summary>Notifies the user, at the current address, that a change of the address was requested.</summary>
    public static OutboxMail EmailChangeRequested(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.EmailChangeRequested, userId, At(now), now);

    /// <summary>Notifies the user, at the former address, that it was replaced.</summary>
    public static OutboxMail EmailChanged(Guid userId, string formerAddress, DateTimeOffset now) =>
        OutboxMail.ToFormerAddress(MailKind.EmailChanged, userId, formerAddress, At(now), now);

    /// <summary>Notifies the user of a sign-in from a new device.</summary>
    public static OutboxMail NewDevice(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OutboxMail.ToUser(
            MailKind.NewDevice,
            session.OwnerId,
            From(session.Device, session.IpAddress, session.CreatedAt),
            session.CreatedAt
        );
    }

    private static Dictionary<string, string> From(string? device, string? ipAddress, DateTimeOffset now) =>
        new(At(now)) { ["device"] = device ?? "unknown", ["ipAddress"] = ipAddress ?? "unknown" };

    private static Dictionary<string, string> At(DateTimeOffset now) =>
        new() { ["at"] = MailTimes.Format(now, TimeZoneInfo.Utc) };
}
