using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Mail;

/// <summary>
/// Drafts the mails with a link that an anonymous caller can request. The account is looked up only here, after the request was
/// answered, so that the response time does not reveal which addresses are known (ASVS 5.0, 6.3.8).
/// </summary>
internal sealed class LinkMails(IMailRecipients recipients, IAccountTokens tokens, IMailThrottle throttle)
{
    /// <summary>Drafts the mail for a pending address; null if there is none.</summary>
    public async Task<MailDraft?> ConfirmEmailAsync(
        OutboxMail mail,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var user =
            mail.UserId is { } id ? await recipients.FindAsync(id, cancellationToken)
            : await recipients.FindOwnerAsync(mail.Address!, cancellationToken) is { } owner ? owner
            : await recipients.FindClaimantAsync(mail.Address!, cancellationToken);
        if (user is null or { IsDisabled: true } or { IsConfirmed: true, PendingAddress: null })
        {
            return null;
        }

        var address = user.PendingAddress ?? user.Address;
        if (address is null)
        {
            return null;
        }

        if (mail.Address is not null && !mail.Address.Equals(address, StringComparison.OrdinalIgnoreCase))
        {
            // The requested address has been confirmed since, and nobody requested this mail for the one that is pending now.
            return null;
        }

        if (!await MayBeSentAsync(mail, address, cancellationToken))
        {
            return null;
        }

        if (
            user.PendingAddress is not null
            && await recipients.FindOwnerAsync(address, cancellationToken) is { } other
            && other.UserId != user.UserId
        )
        {
            return new MailDraft(MailKind.AddressInUse, other, mail.Data);
        }

        var token = await tokens.IssueAsync(
            AccountTokenPurpose.ConfirmEmail,
            user.UserId,
            address,
            now,
            cancellationToken
        );
        return token is null
            ? null
            : new MailDraft(
                MailKind.ConfirmEmail,
                user with
                {
                    Address = address,
                },
                new Dictionary<string, string> { ["userId"] = user.UserId.ToString(), ["token"] = token }
            );
    }

    /// <summary>Drafts the mail for the account with the address; null if there is none.</summary>
    public async Task<MailDraft?> ResetPasswordAsync(
        OutboxMail mail,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var user =
            await recipients.FindOwnerAsync(mail.Address!, cancellationToken)
            ?? await FindUnconfirmedAsync(mail.Address!, cancellationToken);
        if (
            user is not { IsDisabled: false, Address: { } address }
            || !await MayBeSentAsync(mail, address, cancellationToken)
        )
        {
            return null;
        }

        var token = await tokens.IssueAsync(
            AccountTokenPurpose.ResetPassword,
            user.UserId,
            address,
            now,
            cancellationToken
        );
        return token is null
            ? null
            : new MailDraft(
                MailKind.ResetPassword,
                user,
                new Dictionary<string, string> { ["email"] = Uri.EscapeDataString(address), ["token"] = token }
            );
    }

    // An account without a confirmed address can be reset too: its user may have forgotten the password before confirming.
    private async Task<MailRecipient?> FindUnconfirmedAsync(string address, CancellationToken cancellationToken) =>
        await recipients.FindClaimantAsync(address, cancellationToken) is { IsConfirmed: false, Address: { } own } user
        && own.Equals(address, StringComparison.OrdinalIgnoreCase)
            ? user
            : null;

    // A retry of the same mail is not counted again.
    private async Task<bool> MayBeSentAsync(OutboxMail mail, string address, CancellationToken cancellationToken) =>
        mail.Attempts > 0 || await throttle.TryTakeAsync(address, mail.Kind, cancellationToken);
}
