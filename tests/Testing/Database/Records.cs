using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Testing;

/// <summary>What the database holds about an account, as another request finds it.</summary>
internal sealed class Records(Instance instance)
{
    /// <summary>What sign-in compares; null when the account is gone.</summary>
    public Task<Credentials?> AccountAsync(Guid userId) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(userId, default));

    /// <summary>The account with its roles; null when it is gone.</summary>
    public Task<User?> UserAsync(Guid userId) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindAsync(userId, default));

    /// <summary>What the audit trail says of what was done to it, oldest first.</summary>
    public Task<List<AuditEvent>> EventsAsync(Guid userId) =>
        instance.UseAsync(
            async (AppDbContext context) =>
                (await context.AuditEvents.AsNoTracking().Where(e => e.SubjectId == userId).ToListAsync())
                    .OrderBy(e => e.At)
                    .ThenBy(e => e.Id)
                    .ToList()
        );

    /// <summary>The mails that wait for it, oldest first.</summary>
    public Task<List<OutboxMail>> MailsAsync(Guid userId) =>
        instance.UseAsync(
            async (AppDbContext context) =>
                (await context.OutboxMails.AsNoTracking().Where(mail => mail.UserId == userId).ToListAsync())
                    .OrderBy(mail => mail.CreatedAt)
                    .ThenBy(mail => mail.Id)
                    .ToList()
        );

    /// <summary>The mails that wait for whoever has the address, oldest first.</summary>
    public Task<List<OutboxMail>> MailsToAsync(string address) =>
        instance.UseAsync(
            async (AppDbContext context) =>
                (await context.OutboxMails.AsNoTracking().Where(mail => mail.Address == address).ToListAsync())
                    .OrderBy(mail => mail.CreatedAt)
                    .ThenBy(mail => mail.Id)
                    .ToList()
        );

    /// <summary>All sessions, ended ones too, oldest first.</summary>
    public Task<List<Session>> SessionsAsync(Guid userId) =>
        instance.UseAsync(
            async (AppDbContext context) =>
                (await context.Sessions.AsNoTracking().Where(session => session.OwnerId == userId).ToListAsync())
                    .OrderBy(session => session.CreatedAt)
                    .ThenBy(session => session.Id)
                    .ToList()
        );

    /// <summary>How the second factor stands.</summary>
    public Task<SecondFactor> SecondFactorAsync(Guid userId) =>
        instance.UseAsync((ISecondFactors factors) => factors.GetAsync(userId, default));
}
