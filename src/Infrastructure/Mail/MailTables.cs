using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

internal static class MailTables
{
    extension(AppDbContext context)
    {
        public DbSet<OutboxMail> OutboxMails => context.Set<OutboxMail>();
    }
}
