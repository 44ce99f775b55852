using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>Changes one task of the current user.</summary>
internal sealed class TaskWriter(
    ICurrentUser currentUser,
    ITaskRepository tasks,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : VersionedWriter<TaskItem, TaskDto>(currentUser, unitOfWork, clock)
{
    protected override void Add(TaskItem entity) => tasks.Add(entity);

    protected override Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        tasks.FindAsync(ownerId, id, cancellationToken);

    protected override Task<TaskItem?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        tasks.ReadAsync(ownerId, id, cancellationToken);

    protected override TaskDto ToDto(TaskItem entity, DateTimeOffset now) => mapper.ToDto(entity, now);

    protected override bool ShowsDeleted => true;
}
