using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Deletes mails of the outbox with what the transport stores of them.</summary>
internal static class MailDeletion
{
    /// <summary>
    /// Deletes these mails, and returns how many rows there were. The rows go last: if the server is killed in between, they are
    /// still there, and whoever comes back for them deletes the rest.
    /// </summary>
    public static async Task<int> DeleteMailsAsync(
        this AppDbContext context,
        IQueryable<OutboxMail> mails,
        IMailTransport transport,
        CancellationToken cancellationToken
    )
    {
        var ids = await mails.Select(mail => mail.Id).ToListAsync(cancellationToken);
        transport.Forget(ids);
        return await context.OutboxMails.Where(mail => ids.Contains(mail.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
