using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Mail;

/// <summary>The mails about an account, to be added to the outbox.</summary>
public static class AccountMails
{
    /// <summary>Under which <see cref="SignInNotCompleted"/> holds the id of its challenge token.</summary>
    public const string ChallengeId = "challengeId";

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

    /// <summary>Tells the user that the password was replaced with a mailed link, and what else still lets somebody in.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="authenticators">A line for each.</param>
    /// <param name="now">UTC.</param>
    public static OutboxMail PasswordReset(Guid userId, IEnumerable<string> authenticators, DateTimeOffset now) =>
        OutboxMail.ToUser(
            MailKind.PasswordReset,
            userId,
            new Dictionary<string, string>(At(now)) { ["authenticators"] = string.Join('\n', authenticators) },
            now
        );

    /// <summary>Tells the user, when a challenge token has expired unused, that somebody had the password and no second factor.</summary>
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

    /// <summary>Tells the user that the password was changed.</summary>
    public static OutboxMail PasswordChanged(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasswordChanged, userId, At(now), now);

    /// <summary>Tells the user that the second factor was switched on.</summary>
    public static OutboxMail MfaEnabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaEnabled, userId, At(now), now);

    /// <summary>Tells the user that the second factor was switched off, whoever did it.</summary>
    public static OutboxMail MfaDisabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaDisabled, userId, At(now), now);

    /// <summary>Tells the user that new recovery codes took the place of the old ones.</summary>
    public static OutboxMail RecoveryCodesReplaced(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.RecoveryCodesReplaced, userId, At(now), now);

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
            From(session.Device, session.IpAddress, session.CreatedAt),
            session.CreatedAt
        );
    }

    private static Dictionary<string, string> From(string? device, string? ipAddress, DateTimeOffset now) =>
        new(At(now)) { ["device"] = device ?? "unknown", ["ipAddress"] = ipAddress ?? "unknown" };

    private static Dictionary<string, string> At(DateTimeOffset now) =>
        new() { ["at"] = MailTimes.Format(now, TimeZoneInfo.Utc) };
}
