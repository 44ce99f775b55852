using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>
/// Deletes the mails to the addresses of a deleted account, because they have no account that a foreign key could follow.
/// </summary>
internal sealed class DeletedRecipientStep(AppDbContext context, IMailTransport transport) : ISaveStep
{
    private string[] _addresses = [];

    public bool TakesPart()
    {
        _addresses =
        [
            .. context
                .DeletedAccounts.SelectMany(entry =>
                    new[]
                    {
                        entry.Property(account => account.Email).OriginalValue,
                        entry.Property(account => account.PendingEmail).OriginalValue,
                    }
                )
                .OfType<string>(),
        ];
        return _addresses.Length > 0;
    }

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
    {
        foreach (var address in _addresses)
        {
            await context.DeleteMailsAsync(
                context.OutboxMails.Where(AddressedMails.To(address)),
                transport,
                cancellationToken
            );
        }

        return null;
    }
}
