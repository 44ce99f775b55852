using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Identity;

internal sealed class MailRecipients(AppDbContext context, ILookupNormalizer normalizer) : IMailRecipients
{
    public Task<MailRecipient?> FindAsync(OutboxMail mail, CancellationToken cancellationToken)
    {
        var email = normalizer.NormalizeEmail(mail.Address);
        var match = mail.UserId is { } id
            ? context.Users.Where(user => user.Id == id)
            : context.Users.Where(user => user.NormalizedEmail == email);
        return match
            .AsNoTracking()
            .Select(user => new MailRecipient(
                user.Email!,
                user.UserName!,
                user.EmailConfirmed,
                user.DisabledAt != null
            ))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
