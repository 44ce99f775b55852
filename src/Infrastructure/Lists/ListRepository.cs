using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Lists;

internal sealed class ListRepository(AppDbContext context) : IListRepository
{
    public void Add(TaskList list) => context.Lists.Add(list);

    public Task<TaskList?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        context.Lists.SingleOrDefaultAsync(list => list.OwnerId == ownerId && list.Id == id, cancellationToken);

    public Task<TaskList?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        Live(ownerId).SingleOrDefaultAsync(list => list.Id == id, cancellationToken);

    public async Task<IReadOnlyList<TaskList>> ListAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        var lists = await Live(ownerId).ToListAsync(cancellationToken);
        // There are few, and no database has to sort ids as texts.
        lists.Sort(
            (left, right) =>
                Positions.Compare((left.Position, left.Id.ToString()), (right.Position, right.Id.ToString()))
        );
        return lists;
    }

    private IQueryable<TaskList> Live(Guid ownerId) =>
        context.Lists.AsNoTracking().Where(list => list.OwnerId == ownerId && list.DeletedAt == null);
}
