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
    TaskSeries series,
    IMapper mapper,
    TimeProvider clock
) : VersionedWriter<TaskItem, TaskDto>(currentUser, unitOfWork, clock)
{
    /// <summary>Replaces the values of a task.</summary>
    /// <returns>Success, or the error; then nothing is changed.</returns>
    public Result Edit(TaskItem task, TaskFields fields, DateTimeOffset now)
    {
        var permitted = series.Check(fields, task);
        return permitted.IsSuccess ? task.Edit(fields, now) : permitted;
    }

    protected override Task SettleAsync(TaskItem entity, DateTimeOffset now, CancellationToken cancellationToken) =>
        series.SettleAsync(entity, now, cancellationToken);

    protected override void Add(TaskItem entity) => tasks.Add(entity);

    protected override Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        tasks.FindAsync(ownerId, id, cancellationToken);

    protected override Task<TaskItem?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        tasks.ReadAsync(ownerId, id, cancellationToken);

    protected override TaskDto ToDto(TaskItem entity, DateTimeOffset now) => mapper.ToDto(entity, now);

    protected override bool ShowsDeleted => true;
}
