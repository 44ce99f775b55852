using Fitnessify.Application.Mail;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>Calls of the mail tests to a server.</summary>
internal static class MailRequests
{
    /// <summary>Creates a user with a confirmed address who wants mails.</summary>
    public static async Task<AccountProfile> ReaderAsync(this Instance server)
    {
        var user = await server.SignUpAsync();
        await server.UseAsync(
            (AppDbContext context) =>
                context
                    .Accounts.Where(row => row.Id == user.Id)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(row => row.EmailConfirmed, true)
                            .SetProperty(row => EF.Property<bool>(row, NotificationColumns.NotifiedByEmail), true)
                    )
        );
        return user;
    }

    /// <summary>Puts a mail into the outbox.</summary>
    public static async Task<OutboxMail> QueueAsync(this Instance server, Guid userId)
    {
        var now = server.Clock.Now();
        var mail = AccountMails.PasswordChanged(userId, now);
        await server.QueueAsync(mail);
        return mail;
    }

    /// <summary>Puts a mail about an overdue task with this title into the outbox.</summary>
    public static async Task<OutboxMail> QueueAsync(this Instance server, Guid userId, string title)
    {
        var now = server.Clock.Now();
        var mail = TasksDueMail.Create(userId, now);
        var task = Overdue.Task(userId, title, now.AddMinutes(-1));
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ITaskRepository>().Add(task);
        scope
            .ServiceProvider.GetRequiredService<INotificationRepository>()
            .Add(Overdue.NotificationOf(task, now, mail.Id));
        scope.ServiceProvider.GetRequiredService<IMailOutbox>().Add(mail);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        Assert.That(saved.Error, Is.Null);
        return mail;
    }

    public static async Task QueueAsync(this Instance server, OutboxMail mail)
    {
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IMailOutbox>().Add(mail);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        Assert.That(saved.Error, Is.Null);
    }

    public static async Task SendMailsAsync(this Instance server) =>
        Assert.That((await server.SendAsync(new SendMailsCommand())).Error, Is.Null);

    /// <summary>Returns the stored mail, or null.</summary>
    public static Task<OutboxMail?> RowAsync(this Instance server, OutboxMail mail) =>
        server.UseAsync(
            (AppDbContext context) => context.OutboxMails.AsNoTracking().SingleOrDefaultAsync(row => row.Id == mail.Id)
        );
}
