using Fitnessify.Application.Lists;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Support;

/// <summary>Stores lists like a database.</summary>
internal sealed class StoredLists : Stored<TaskList>, IListRepository
{
    public ListWriter Writer => new(this, this, this, Given.Mapper, Clock);

    public static ListFields Fields(string name) => new(name, "#12abef", "a", null);

    /// <summary>Stores a list of the current user or of another one.</summary>
    public TaskList Store(string name, bool isDeleted = false, Guid? ownerId = null)
    {
        var list = TaskList.Create(Guid.NewGuid(), ownerId ?? Id, Fields(name), Given.Now.AddDays(-2));
        if (isDeleted)
        {
            list.Delete(Given.Now.AddDays(-1));
        }

        return Write(list);
    }

    public Task<IReadOnlyList<TaskList>> ListAsync(Guid ownerId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A command lists nothing.");

    protected override bool IsChanged(TaskList item, TaskList before) =>
        (item.Fields, item.UpdatedAt, item.DeletedAt) != (before.Fields, before.UpdatedAt, before.DeletedAt);

    protected override void Complete(TaskList item)
    {
        if (item.Position.Length == 0)
        {
            item.PlaceByCreation();
        }
    }
}
