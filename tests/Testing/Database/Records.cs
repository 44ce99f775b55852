using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Testing;

/// <summary>What the database holds about an account, as another request finds it.</summary>
internal sealed class Records(Instance instance)
{
    /// <summary>What sign-in compares; null when the account is gone.</summary>
    public Task<Credentials?> AccountAsync(Guid userId) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(userId, default));

    /// <summary>The same of whoever has that username or address; null when nobody has.</summary>
    public Task<Credentials?> AccountAsync(string login) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(login, default));

    /// <summary>The account with its roles; null when it is gone.</summary>
    public Task<AccountProfile?> UserAsync(Guid userId) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindProfileAsync(userId, default));

    /// <summary>What the audit trail says of what was done to it, oldest first.</summary>
    public Task<List<AuditEvent>> EventsAsync(Guid userId) =>
        ListAsync(context => context.AuditEvents.Where(e => e.SubjectId == userId), e => (e.At, e.Id));

    /// <summary>The mails that wait for it, oldest first.</summary>
    public Task<List<OutboxMail>> MailsAsync(Guid userId) =>
        ListAsync(
            context => context.OutboxMails.Where(mail => mail.UserId == userId),
            mail => (mail.CreatedAt, mail.Id)
        );

    /// <summary>The mails that wait for whoever has the address, oldest first.</summary>
    public Task<List<OutboxMail>> MailsToAsync(string address) =>
        ListAsync(
            context => context.OutboxMails.Where(mail => mail.Address == address),
            mail => (mail.CreatedAt, mail.Id)
        );

    /// <summary>All sessions, ended ones too, oldest first.</summary>
    public Task<List<Session>> SessionsAsync(Guid userId) =>
        ListAsync(
            context => context.Sessions.Where(session => session.OwnerId == userId),
            session => (session.CreatedAt, session.Id)
        );

    /// <summary>How the second factor stands.</summary>
    public Task<MfaStatus> SecondFactorAsync(Guid userId) =>
        instance.UseAsync((IMfaRepository factors) => factors.GetAsync(userId, default));

    // Ordered here: how a database compares UUIDs is its own affair.
    private Task<List<T>> ListAsync<T>(
        Func<AppDbContext, IQueryable<T>> rows,
        Func<T, (DateTimeOffset At, Guid Id)> order
    )
        where T : class =>
        instance.UseAsync(
            async (AppDbContext context) => (await rows(context).AsNoTracking().ToListAsync()).OrderBy(order).ToList()
        );
}
