using System.Globalization;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Mail;

/// <summary>Creates the mails about an account, to be added to the outbox.</summary>
public static class AccountMails
{
    /// <summary>The name under which a mail stores the time of what it tells of, in the round-trip format.</summary>
    public const string At = "at";

    /// <summary>The name under which a mail stores the name of a device, which is empty if it is unknown.</summary>
    public const string Device = "device";

    /// <summary>The name under which a mail stores the IP address of a device, which is empty if it is unknown.</summary>
    public const string IpAddress = "ipAddress";

    /// <summary>The name under which a mail stores the provider of an identity, named as in the settings.</summary>
    public const string Provider = "provider";

    /// <summary>The name under which <see cref="SignInNotCompleted"/> stores the id of its challenge token.</summary>
    public const string ChallengeId = "challengeId";

    /// <summary>
    /// The name under which <see cref="PasswordReset"/> stores the other authenticators, one on each line:
    /// <see cref="Passkey"/> followed by the name of a passkey, if it has one, <see cref="Identity"/> followed by a provider named
    /// as in the settings, or <see cref="SecondFactor"/>.
    /// </summary>
    public const string Authenticators = "authenticators";

    /// <summary>Begins the line of a passkey in <see cref="Authenticators"/>.</summary>
    public const string Passkey = "passkey:";

    /// <summary>Begins the line of an identity in <see cref="Authenticators"/>.</summary>
    public const string Identity = "identity:";

    /// <summary>The line of the second factor in <see cref="Authenticators"/>.</summary>
    public const string SecondFactor = "mfa";

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
    /// <param name="passkeys">The name of each passkey; null for one without a name.</param>
    /// <param name="providers">The provider of each linked identity, named as in the settings.</param>
    /// <param name="hasSecondFactor">Whether the account has MFA.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail PasswordReset(
        Guid userId,
        IEnumerable<string?> passkeys,
        IEnumerable<string> providers,
        bool hasSecondFactor,
        DateTimeOffset now
    )
    {
        var authenticators = passkeys
            .Select(name => Passkey + name)
            .Concat(providers.Select(provider => Identity + provider));
        if (hasSecondFactor)
        {
            authenticators = authenticators.Append(SecondFactor);
        }

        return OutboxMail.ToUser(
            MailKind.PasswordReset,
            userId,
            new Dictionary<string, string>(HappenedAt(now)) { [Authenticators] = string.Join('\n', authenticators) },
            now
        );
    }

    /// <summary>
    /// Notifies the user, when a challenge token has expired unused, that the right password or an identity was given but no
    /// second factor.
    /// </summary>
    /// <param name="userId">The id of the account.</param>
    /// <param name="challengeId">The id of the challenge token.</param>
    /// <param name="provider">The provider of the identity, named as in the settings; null if the password was given.</param>
    /// <param name="device">The name of the device, or null.</param>
    /// <param name="ipAddress">The IP address of the device, or null.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail SignInNotCompleted(
        Guid userId,
        Guid challengeId,
        string? provider,
        string? device,
        string? ipAddress,
        DateTimeOffset now
    )
    {
        var data = From(device, ipAddress, now);
        data[ChallengeId] = challengeId.ToString();
        if (provider is not null)
        {
            data[Provider] = provider;
        }

        return OutboxMail.ToUser(MailKind.SignInNotCompleted, userId, data, now, now + ChallengeToken.Lifetime);
    }

    /// <summary>Notifies the user that the password was changed.</summary>
    public static OutboxMail PasswordChanged(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasswordChanged, userId, HappenedAt(now), now);

    /// <summary>Notifies the user that MFA was enabled.</summary>
    public static OutboxMail MfaEnabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaEnabled, userId, HappenedAt(now), now);

    /// <summary>Notifies the user that MFA was disabled, by the user or by an admin.</summary>
    public static OutboxMail MfaDisabled(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.MfaDisabled, userId, HappenedAt(now), now);

    /// <summary>Notifies the user that the recovery codes were replaced.</summary>
    public static OutboxMail RecoveryCodesReplaced(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.RecoveryCodesReplaced, userId, HappenedAt(now), now);

    /// <summary>Notifies the user that a passkey was added.</summary>
    public static OutboxMail PasskeyAdded(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasskeyAdded, userId, HappenedAt(now), now);

    /// <summary>Notifies the user that a passkey was removed.</summary>
    public static OutboxMail PasskeyRemoved(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.PasskeyRemoved, userId, HappenedAt(now), now);

    /// <summary>Notifies the user that an identity was linked.</summary>
    /// <param name="userId">The id of the account.</param>
    /// <param name="provider">The provider of the identity, named as in the settings.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail IdentityLinked(Guid userId, string provider, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.IdentityLinked, userId, HappenedAt(now, provider), now);

    /// <summary>Notifies the user that an identity was unlinked.</summary>
    /// <param name="userId">The id of the account.</param>
    /// <param name="provider">The provider of the identity, named as in the settings.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail IdentityUnlinked(Guid userId, string provider, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.IdentityUnlinked, userId, HappenedAt(now, provider), now);

    /// <summary>Notifies the user, at the current address, that a change of the address was requested.</summary>
    public static OutboxMail EmailChangeRequested(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.EmailChangeRequested, userId, HappenedAt(now), now);

    /// <summary>Notifies the user, at the former address, that it was replaced.</summary>
    public static OutboxMail EmailChanged(Guid userId, string formerAddress, DateTimeOffset now) =>
        OutboxMail.ToFormerAddress(MailKind.EmailChanged, userId, formerAddress, HappenedAt(now), now);

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
        new(HappenedAt(now)) { [Device] = device ?? "", [IpAddress] = ipAddress ?? "" };

    private static Dictionary<string, string> HappenedAt(DateTimeOffset now, string provider) =>
        new(HappenedAt(now)) { [Provider] = provider };

    // Only the composer knows the language and the time zone of the recipient.
    private static Dictionary<string, string> HappenedAt(DateTimeOffset now) =>
        new() { [At] = now.ToString("O", CultureInfo.InvariantCulture) };
}
