using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>Queries that are translated once for each server instead of being looked up for each request.</summary>
internal sealed class SessionQueries
{
    /// <summary>One session to change, unless its account is disabled or deleted.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<Session?>> Find { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                (
                    from session in context.Set<Session>()
                    join user in context.Set<Account>().Where(account => account.DeletedAt == null)
                        on session.OwnerId equals user.Id
                    where session.Id == id && user.DisabledAt == null
                    select session
                ).SingleOrDefault()
        );
}
