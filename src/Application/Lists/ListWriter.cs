using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Lists;

/// <summary>Changes one list of the current user.</summary>
internal sealed class ListWriter(
    ICurrentUser currentUser,
    IListRepository lists,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : VersionedWriter<TaskList, ListDto>(currentUser, unitOfWork, clock)
{
    protected override void Add(TaskList entity) => lists.Add(entity);

    protected override Task<TaskList?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        lists.FindAsync(ownerId, id, cancellationToken);

    protected override Task<TaskList?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        lists.ReadAsync(ownerId, id, cancellationToken);

    protected override ListDto ToDto(TaskList entity, DateTimeOffset now) => mapper.Map<ListDto>(entity);

    protected override bool ShowsDeleted => false;
}
