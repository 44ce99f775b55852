using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Domain.Tests.Lists;

public sealed class TaskListTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);
    private static readonly ListFields Fields = new("Training", "#12abEF", "a", null);

    private static readonly ListFields[] Others =
    [
        Fields with
        {
            Name = "training",
        },
        Fields with
        {
            Color = null,
        },
        Fields with
        {
            Color = "#12ABEF",
        },
        Fields with
        {
            Position = "A",
        },
        Fields with
        {
            ArchivedAt = Now,
        },
    ];

    [Test]
    public void A_list_starts_with_its_values_and_without_tasks_to_remove()
    {
        var (id, ownerId) = (Guid.NewGuid(), Guid.NewGuid());

        var list = TaskList.Create(id, ownerId, Fields with { ArchivedAt = Now.AddDays(-1) }, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((list.Id, list.OwnerId), Is.EqualTo((id, ownerId)));
            Assert.That(list.Fields, Is.EqualTo(Fields with { ArchivedAt = Now.AddDays(-1) }));
            Assert.That((list.CreatedAt, list.UpdatedAt), Is.EqualTo((Now, Now)));
            Assert.That((list.DeletedAt, list.EmptyThrough), Is.EqualTo(((DateTimeOffset?)null, (long?)null)));
            Assert.That((list.Version, list.CreatedVersion), Is.EqualTo((0L, 0L)));
        }
    }

    [Test]
    public void A_list_that_nobody_has_placed_gets_its_position_from_its_creation()
    {
        var list = Create(Fields with { Position = null });
        Assert.That(list.Position, Is.Empty);

        var saved = Placed(list, createdVersion: 7);

        Assert.That(saved.Position, Is.EqualTo(Positions.Default(7)));
    }

    [TestCaseSource(nameof(Others))]
    public void An_edit_replaces_all_values(ListFields fields)
    {
        var list = Create();

        list.Edit(fields, Later);

        Assert.That(list.Fields, Is.EqualTo(fields));
        Assert.That((list.CreatedAt, list.UpdatedAt), Is.EqualTo((Now, Later)));
    }

    [Test]
    public void An_edit_without_changes_does_not_update_the_list()
    {
        var list = Create();

        list.Edit(Fields with { }, Later);

        Assert.That(list.UpdatedAt, Is.EqualTo(Now));
    }

    [Test]
    public void An_edit_without_a_position_places_the_list_by_its_creation_and_a_second_time_nowhere()
    {
        var list = Placed(Create(), createdVersion: 7);
        list.Edit(Fields, Now);

        list.Edit(Fields with { Position = null }, Later);
        list.Edit(Fields with { Position = null }, Later.AddHours(1));

        Assert.That((list.Position, list.UpdatedAt), Is.EqualTo((Positions.Default(7), Later)));
    }

    [Test]
    public void A_list_has_its_own_values() => Assert.That(Create().Has(Fields with { }), Is.True);

    [TestCaseSource(nameof(Others))]
    public void A_list_does_not_have_other_values(ListFields other) => Assert.That(Create().Has(other), Is.False);

    [Test]
    public void A_list_has_values_without_a_position_only_while_it_is_where_it_was_created()
    {
        var unplaced = Fields with { Position = null };
        var list = Create(unplaced);
        Assert.That(list.Has(unplaced), Is.True, "not saved yet");

        Placed(list, createdVersion: 7);
        Assert.That(list.Has(unplaced), Is.True);
        Assert.That(list.Has(Fields with { Position = Positions.Default(7) }), Is.True);

        list.Edit(Fields, Later);
        Assert.That(list.Has(unplaced), Is.False);
    }

    [Test]
    public void A_list_is_archived_and_comes_out_of_the_archive()
    {
        var list = Create();

        list.Edit(Fields with { ArchivedAt = Now }, Later);
        Assert.That((list.ArchivedAt, list.UpdatedAt), Is.EqualTo(((DateTimeOffset?)Now, Later)));

        list.Edit(Fields, Later.AddHours(1));
        Assert.That((list.ArchivedAt, list.UpdatedAt), Is.EqualTo(((DateTimeOffset?)null, Later.AddHours(1))));
    }

    [Test]
    public void A_list_is_deleted_and_restored_unchanged()
    {
        var list = Create();

        list.Delete(Later);
        Assert.That((list.DeletedAt, list.UpdatedAt), Is.EqualTo(((DateTimeOffset?)Later, Later)));
        list.Delete(Later.AddHours(1));
        Assert.That((list.DeletedAt, list.UpdatedAt), Is.EqualTo(((DateTimeOffset?)Later, Later)), "twice is once");

        list.Restore(Later.AddHours(2));
        Assert.That((list.DeletedAt, list.UpdatedAt), Is.EqualTo(((DateTimeOffset?)null, Later.AddHours(2))));
        list.Restore(Later.AddHours(3));
        Assert.That(list.UpdatedAt, Is.EqualTo(Later.AddHours(2)), "twice is once");
        Assert.That(list.Fields, Is.EqualTo(Fields));
    }

    [Test]
    public void A_list_requires_values()
    {
        var list = Create();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Create(null!), Throws.ArgumentNullException);
            Assert.That(() => list.Edit(null!, Now), Throws.ArgumentNullException);
            Assert.That(() => list.Has(null!), Throws.ArgumentNullException);
        }
    }

    private static TaskList Create() => Create(Fields);

    private static TaskList Create(ListFields fields) => TaskList.Create(Guid.NewGuid(), Guid.NewGuid(), fields, Now);

    /// <summary>Gives the list a version and its place, as the first save does.</summary>
    private static TaskList Placed(TaskList list, long createdVersion)
    {
        typeof(TaskList).GetProperty(nameof(TaskList.CreatedVersion))!.SetValue(list, createdVersion);
        list.PlaceByCreation();
        return list;
    }
}
