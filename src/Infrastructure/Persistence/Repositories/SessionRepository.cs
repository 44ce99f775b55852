using Fitnessify.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

internal sealed class SessionRepository(AppDbContext context) : ISessionRepository
{
    public void Add(Session session) => context.Sessions.Add(session);

    public Task<Session?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        context.Sessions.SingleOrDefaultAsync(
            session => session.Id == id && session.OwnerId == ownerId,
            cancellationToken
        );
}
