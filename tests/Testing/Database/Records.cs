using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Testing;

/// <summary>Reads what the database stores about an account, as another request would.</summary>
internal sealed class Records(Instance instance)
{
    /// <summary>Returns the credentials, or null when the account was deleted.</summary>
    public Task<Credentials?> AccountAsync(Guid userId) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(userId, default));

    /// <summary>Returns the credentials for a username or an address, or null.</summary>
    public Task<Credentials?> AccountAsync(string login) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(login, default));

    /// <summary>Returns the account with its roles, or null when it was deleted.</summary>
    public Task<AccountProfile?> UserAsync(Guid userId) =>
        instance.UseAsync((IAccountRepository accounts) => accounts.FindProfileAsync(userId, default));

    /// <summary>Returns the audit events of the account, oldest first.</summary>
    public Task<List<AuditEvent>> EventsAsync(Guid userId) =>
        ListAsync(context => context.AuditEvents.Where(e => e.SubjectId == userId), e => (e.At, e.Id));

    /// <summary>Returns the queued mails of the account, oldest first.</summary>
    public Task<List<OutboxMail>> MailsAsync(Guid userId) =>
        ListAsync(
            context => context.OutboxMails.Where(mail => mail.UserId == userId),
            mail => (mail.CreatedAt, mail.Id)
        );

    /// <summary>Returns the queued mails to the address, oldest first.</summary>
    public Task<List<OutboxMail>> MailsToAsync(string address) =>
        ListAsync(
            context => context.OutboxMails.Where(mail => mail.Address == address),
            mail => (mail.CreatedAt, mail.Id)
        );

    /// <summary>Returns all sessions, including ended ones, oldest first.</summary>
    public Task<List<Session>> SessionsAsync(Guid userId) =>
        ListAsync(
            context => context.Sessions.Where(session => session.OwnerId == userId),
            session => (session.CreatedAt, session.Id)
        );

    /// <summary>Returns the state of the second factor.</summary>
    public Task<MfaStatus> SecondFactorAsync(Guid userId) =>
        instance.UseAsync((IMfaRepository factors) => factors.GetAsync(userId, default));

    /// <summary>Returns the linked identities of the account, oldest first.</summary>
    public Task<List<LinkedIdentity>> IdentitiesAsync(Guid userId) =>
        ListAsync(
            context => context.LinkedIdentities.Where(identity => identity.OwnerId == userId),
            identity => (identity.CreatedAt, identity.Id)
        );

    /// <summary>Returns the links of one subject, of whatever account.</summary>
    public Task<List<LinkedIdentity>> LinksOfAsync(string subject) =>
        ListAsync(
            context => context.LinkedIdentities.Where(identity => identity.Subject == subject),
            identity => (identity.CreatedAt, identity.Id)
        );

    /// <summary>Returns the revocations of grants that wait, oldest first.</summary>
    public Task<List<IdentityRevocation>> RevocationsAsync() =>
        ListAsync(context => context.IdentityRevocations, revocation => (revocation.CreatedAt, revocation.Id));

    /// <summary>Returns the audit events from the network address, oldest first.</summary>
    public Task<List<AuditEvent>> EventsFromAsync(string? ipAddress) =>
        ListAsync(context => context.AuditEvents.Where(e => e.IpAddress == ipAddress), e => (e.At, e.Id));

    // The rows are sorted here, because databases compare UUIDs differently.
    private Task<List<T>> ListAsync<T>(
        Func<AppDbContext, IQueryable<T>> rows,
        Func<T, (DateTimeOffset At, Guid Id)> order
    )
        where T : class =>
        instance.UseAsync(
            async (AppDbContext context) => (await rows(context).AsNoTracking().ToListAsync()).OrderBy(order).ToList()
        );
}
