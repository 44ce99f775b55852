using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Creates two users with a hundred tasks each, to try an app with. It changes nothing when one of them exists.</summary>
public sealed record SeedDemoCommand : IRequest<Result<DemoUsers>>;

internal sealed class SeedDemoHandler(
    NewPasswords passwords,
    IAccountRepository accounts,
    ITaskRepository tasks,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<SeedDemoCommand, Result<DemoUsers>>
{
    private const string Password = "seven otters juggle wet lanterns";

    private static readonly string[] Usernames = ["demo-ann", "demo-ben"];

    public async Task<Result<DemoUsers>> Handle(SeedDemoCommand request, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } existing)
        {
            return existing;
        }

        var now = clock.Now();
        List<Account> users = [];
        foreach (var username in Usernames)
        {
            var added = await AddAsync(username, now, cancellationToken);
            if (!added.IsSuccess)
            {
                return added.Error;
            }

            users.Add(added.Value);
        }

        // Tasks are numbered by the counter of their owner, who therefore has to be stored before them.
        var registered = await unitOfWork.SaveChangesAsync(cancellationToken);
        if (!registered.IsSuccess)
        {
            // Another process may have created them in the meantime.
            return await FindAsync(cancellationToken) is { } others ? others : registered.Error;
        }

        foreach (var task in users.SelectMany((user, index) => DemoTasks.CreateFor(user.Id, index, now)))
        {
            tasks.Add(task);
        }

        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.IsSuccess
            ? new DemoUsers(Usernames, Password, AreNew: true)
            : await TakeBackAsync(users, saved.Error, now, cancellationToken);
    }

    private async Task<DemoUsers?> FindAsync(CancellationToken cancellationToken)
    {
        List<string> existing = [];
        foreach (var username in Usernames)
        {
            if (await accounts.FindCredentialsAsync(username, cancellationToken) is not null)
            {
                existing.Add(username);
            }
        }

        return existing.Count == 0 ? null : new DemoUsers(existing, Password, AreNew: false);
    }

    private async Task<Result<Account>> AddAsync(
        string username,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var email = $"{username}@example.com";
        var hash = await passwords.HashAsync(Password, username, email, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        var account = Account.Register(username, email, hash.Value, now - DemoTasks.Age, emailConfirmed: true);
        accounts.Add(account);
        audit.Record(AuditEventType.Registered, account.Id);
        return account;
    }

    /// <summary>Removes the users again whose tasks could not be stored, so that the next run begins anew.</summary>
    private async Task<Error> TakeBackAsync(
        List<Account> users,
        Error error,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        foreach (var user in users)
        {
            if (await accounts.FindAsync(user.Id, cancellationToken) is { } account)
            {
                account.Delete(now);
            }
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return error;
    }
}
