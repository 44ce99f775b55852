using System.Linq.Expressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

internal sealed class MailRecipients(AppDbContext context) : IMailRecipients
{
    private static readonly Expression<Func<Account, MailRecipient>> ToRecipient = user => new MailRecipient(
        user.Id,
        // An account without a confirmed address receives mails at the pending one.
        Account.AddressOf(user.Email, user.PendingEmail),
        user.Username,
        user.EmailConfirmed,
        user.DisabledAt != null,
        user.PendingEmail,
        user.Locale,
        user.TimeZone
    );

    private IQueryable<Account> Users => context.Accounts.AsNoTracking();

    public Task<MailRecipient?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        Users.Where(user => user.Id == userId).Select(ToRecipient).SingleOrDefaultAsync(cancellationToken);

    public Task<MailRecipient?> FindOwnerAsync(string address, CancellationToken cancellationToken)
    {
        var email = Account.Normalize(address);
        return Users
            .Where(user => user.NormalizedEmail == email)
            .Select(ToRecipient)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public Task<MailRecipient?> FindClaimantAsync(string address, CancellationToken cancellationToken)
    {
        var email = Account.Normalize(address);
        return Users
            .Where(user => user.NormalizedPendingEmail == email)
            .OrderByDescending(user => user.CreatedAt)
            .Select(ToRecipient)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
