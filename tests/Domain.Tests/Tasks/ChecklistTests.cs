using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class ChecklistTests
{
    private static readonly ChecklistItem Squats = new("squats", "Squats", false, "B");
    private static readonly ChecklistItem Lunges = new("lunges", "Lunges", true, "C");
    private static readonly Checklist LegDay = new([Squats, Lunges]);

    private static readonly TestCaseData[] Changes =
    [
        Case("a title", Change(title: new("Deep squats")), Squats with { Title = "Deep squats" }),
        Case("a tick", Change(done: new(true)), Squats with { Done = true }),
        Case("a place", Change(position: new("A")), Squats with { Position = "A" }),
        Case("nothing", Change(), Squats),
        Case(
            "everything",
            Change(new("Deep squats"), new(true), new("D")),
            new ChecklistItem("squats", "Deep squats", true, "D")
        ),
    ];

    private static readonly TestCaseData[] Others =
    [
        Case("no items", Checklist.Empty),
        Case("fewer items", new([Squats])),
        Case("key", new([Squats, Lunges with { Key = "Lunges" }])),
        Case("title", new([Squats, Lunges with { Title = "lunges" }])),
        Case("tick", new([Squats, Lunges with { Done = false }])),
        Case("position", new([Squats, Lunges with { Position = "D" }])),
    ];

    [Test]
    public void Items_are_in_the_order_of_their_positions_and_then_of_their_keys_byte_by_byte()
    {
        var checklist = new Checklist([
            Item("b", "a"),
            Item("a", "a"),
            Item("B", "a"),
            Item("c", "Z"),
            Item("d", "Z1"),
        ]);

        Assert.That(checklist.Items.Select(item => item.Key), Is.EqualTo(["c", "d", "B", "a", "b"]));
    }

    [Test]
    public void The_empty_checklist_has_no_items()
    {
        Assert.That(Checklist.Empty.Items, Is.Empty);
        Assert.That(Checklist.Empty.Equals(new Checklist([])), Is.True);
    }

    [TestCaseSource(nameof(Changes))]
    public void A_change_of_an_item_replaces_only_what_it_has(object change, object item)
    {
        var merged = Merge(LegDay, ("squats", (ChecklistItemChange)change));

        Assert.That(merged.Equals(new Checklist([(ChecklistItem)item, Lunges])), Is.True);
        Assert.That(LegDay.Items, Is.EqualTo([Squats, Lunges]), "the original does not change");
    }

    [Test]
    public void A_change_with_a_title_adds_an_item_at_the_end()
    {
        var merged = Merge(LegDay, ("calves", Change(title: new("Calves"))));

        Assert.That(
            merged.Items,
            Is.EqualTo([Squats, Lunges, new ChecklistItem("calves", "Calves", false, Positions.After("C"))])
        );
    }

    [Test]
    public void A_change_with_a_title_and_a_place_adds_an_item_there()
    {
        var merged = Merge(LegDay, ("calves", Change(new("Calves"), new(true), new("BV"))));

        Assert.That(merged.Items, Is.EqualTo([Squats, new ChecklistItem("calves", "Calves", true, "BV"), Lunges]));
    }

    [Test]
    public void The_first_item_has_room_on_both_sides()
    {
        var merged = Merge(Checklist.Empty, ("a", Change(title: new("Squats"))));

        Assert.That(merged.Items.Single().Position, Is.EqualTo(Positions.Default(1)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Several_new_items_are_in_the_order_of_their_changes(bool isPositionNull)
    {
        var added = Change(new("New"), position: isPositionNull ? new(null) : default);

        var merged = Merge(LegDay, ("z", added), ("a", added), ("m", added));

        Assert.That(merged.Items.Select(item => item.Key), Is.EqualTo(["squats", "lunges", "z", "a", "m"]));
    }

    [Test]
    public void Null_removes_an_item()
    {
        var merged = Merge(LegDay, ("squats", null), ("unknown", null));

        Assert.That(merged.Items, Is.EqualTo([Lunges]));
    }

    [Test]
    public void A_change_without_a_title_is_ignored_when_the_item_is_gone([Values] bool isTitleNull)
    {
        var change = Change(isTitleNull ? new(null) : default, new(true), new("A"));

        var merged = Merge(LegDay, ("gone", change));

        Assert.That(merged.Equals(LegDay), Is.True);
    }

    [Test]
    public void A_position_of_null_moves_an_item_to_the_end_and_a_second_time_nowhere()
    {
        var toTheEnd = Change(position: new(null));

        var once = Merge(LegDay, ("squats", toTheEnd));
        var twice = Merge(once, ("squats", toTheEnd));

        Assert.That(once.Items, Is.EqualTo([Lunges, Squats with { Position = Positions.After("C") }]));
        Assert.That(twice.Equals(once), Is.True);
    }

    [Test]
    public void A_ticked_item_stays_ticked_when_something_else_of_it_changes()
    {
        var merged = Merge(LegDay, ("lunges", Change(title: new("Deep lunges"), position: new("A"))));

        Assert.That(merged.Items, Is.EqualTo([Lunges with { Title = "Deep lunges", Position = "A" }, Squats]));
    }

    [Test]
    public void Null_unticks_an_item()
    {
        var merged = Merge(LegDay, ("lunges", Change(done: new(null))));

        Assert.That(merged.Items, Is.EqualTo([Squats, Lunges with { Done = false }]));
    }

    [Test]
    public void A_merge_without_changes_keeps_everything() => Assert.That(Merge(LegDay).Equals(LegDay), Is.True);

    [Test]
    public void A_merge_requires_changes() => Assert.That(() => LegDay.Merge(null!), Throws.ArgumentNullException);

    [Test]
    public void Changes_of_different_items_give_the_same_in_either_order()
    {
        var cases =
            from stored in Keys("abcdef")
            from ofOne in Patches("abc")
            from ofOther in Patches("def")
            select (new Checklist(stored.Select((key, i) => Item(key, $"{i % 3 + 1}"))), ofOne, ofOther);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                cases.ToArbitrary(),
                of =>
                {
                    var (stored, ofOne, ofOther) = of;
                    return stored.Merge(ofOne).Merge(ofOther).Equals(stored.Merge(ofOther).Merge(ofOne));
                }
            )
        );
    }

    [Test]
    public void Checklists_with_the_same_items_are_equal()
    {
        var same = new Checklist([Lunges with { }, Squats with { }]);

        Assert.That(LegDay.Equals((object)same), Is.True);
        Assert.That(same.GetHashCode(), Is.EqualTo(LegDay.GetHashCode()));
    }

    [TestCaseSource(nameof(Others))]
    public void Checklists_differ_when_anything_of_an_item_differs(Checklist other) =>
        Assert.That(LegDay.Equals(other), Is.False);

    [Test]
    public void A_checklist_differs_from_its_items_and_from_null()
    {
        Assert.That(LegDay.Equals((object)LegDay.Items), Is.False);
        Assert.That(LegDay.Equals(null), Is.False);
    }

    private static Gen<string[]> Keys(string all) =>
        Gen.SubListOf(all.Select(key => $"{key}")).Select(keys => keys.ToArray());

    // A new item has a position: which of two devices was first to append an item shows in the order.
    private static Gen<KeyValuePair<string, ChecklistItemChange?>[]> Patches(string all) =>
        from keys in Keys(all)
        from changes in Gen.OneOf(
                Gen.Constant<ChecklistItemChange?>(null),
                from done in Gen.Elements<Optional<bool?>>(default, new(null), new(true))
                from position in Gen.Elements<Optional<string?>>(default, new("1"), new("2V"), new("4"))
                from title in Gen.Elements<Optional<string?>>(default, new("New"))
                select (ChecklistItemChange?)Change(position.IsPresent ? title : default, done, position)
            )
            .ArrayOf(keys.Length)
        select keys.Zip(changes, KeyValuePair.Create).ToArray();

    private static Checklist Merge(Checklist checklist, params (string Key, ChecklistItemChange? Change)[] changes) =>
        checklist.Merge(changes.Select(change => KeyValuePair.Create(change.Key, change.Change)));

    private static ChecklistItem Item(string key, string position) => new(key, "Step", false, position);

    private static ChecklistItemChange Change(
        Optional<string?> title = default,
        Optional<bool?> done = default,
        Optional<string?> position = default
    ) => new(title, done, position);

    private static TestCaseData Case(string name, Checklist other) => new TestCaseData(other).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, ChecklistItemChange change, ChecklistItem item) =>
        new TestCaseData(change, item).SetArgDisplayNames(name);
}
