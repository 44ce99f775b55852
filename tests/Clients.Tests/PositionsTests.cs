using System.Text.Json;
using Fitnessify.Client;
using Item = (string Id, string Position);

namespace Fitnessify.Clients.Tests;

/// <summary>These tests move items as an app does; the vectors are those of the TypeScript client.</summary>
public sealed class PositionsTests
{
    private const string Pattern = "^[0-9A-Za-z]{0,63}[1-9A-Za-z]$";
    private const int Moves = 10_000;

    private static readonly Vectors Shared = JsonSerializer.Deserialize<Vectors>(
        File.ReadAllText(Path.Combine(Programs.Root, "clients", "vectors", "positions.json")),
        JsonSerializerOptions.Web
    )!;

    public static IEnumerable<TestCaseData> BetweenVectors => Shared.Between.Select(NameOf);

    public static IEnumerable<TestCaseData> CompareVectors => Shared.Compare.Select(NameOf);

    public static IEnumerable<TestCaseData> MoveVectors => Shared.Move.Select(NameOf);

    [TestCaseSource(nameof(BetweenVectors))]
    public void A_position_between_two_others_agrees_with_the_vectors(BetweenVector vector)
    {
        var random = new Queue<double>(vector.Random);
        var position = Positions.Between(vector.Before, vector.After, random.Dequeue);
        Assert.That(position, Is.EqualTo(vector.Expected));
        Assert.That(random, Is.Empty);
        if (position is not null)
        {
            Assert.That(position, Does.Match(Pattern));
            Assert.That(string.CompareOrdinal(vector.Before, position), Is.Negative);
            Assert.That(string.CompareOrdinal(position, vector.After ?? "~"), Is.Negative);
        }
    }

    [TestCaseSource(nameof(CompareVectors))]
    public void The_order_of_two_items_agrees_with_the_vectors(CompareVector vector)
    {
        var (a, b) = (vector.A.Pair, vector.B.Pair);
        Assert.That(Math.Sign(Positions.Compare(a, b)), Is.EqualTo(vector.Expected));
        Assert.That(Math.Sign(Positions.Compare(b, a)), Is.EqualTo(-vector.Expected));
    }

    [TestCaseSource(nameof(MoveVectors))]
    public void A_move_agrees_with_the_vectors(MoveVector vector)
    {
        var random = new Queue<double>(vector.Random);
        var list = new OrderedList(
            vector.Items.Select(item => item.Pair).Order(Comparer<Item>.Create(Positions.Compare))
        );
        var changes = list.Move(vector.Id, vector.Index, random.Dequeue);
        Assert.That(changes, Is.EqualTo(vector.Expected.Select(item => item.Pair)));
        Assert.That(random, Is.Empty);
    }

    [TestCase(3)]
    [TestCase(500)]
    public void Ten_thousand_moves_into_the_same_gap_succeed(int count)
    {
        var (list, random) = (OrderedList.OfDefaults(count), Seeded(1));
        for (var step = 0; step < Moves; step++)
        {
            list.Move(list.Ids[^1], count / 2, random);
        }
    }

    [TestCase(3, 0)]
    [TestCase(3, 1)]
    [TestCase(500, 0)]
    [TestCase(500, 1)]
    public void Ten_thousand_moves_to_directly_before_or_after_the_same_item_succeed(int count, int offset)
    {
        var (list, random) = (OrderedList.OfDefaults(count), Seeded(2));
        var target = $"item {count / 2}";
        for (var step = 0; step < Moves; step++)
        {
            var ids = list.Ids;
            ids.Remove(target);
            var id = ids[step * 7 % ids.Count];
            var others = list.Ids;
            others.Remove(id);
            list.Move(id, others.IndexOf(target) + offset, random);
        }
    }

    [Test]
    public void Ten_thousand_new_items_at_an_end_keep_order_and_length_and_those_of_the_server_come_later()
    {
        var (first, last, random) = ("V1V", "V1V", Seeded(3));
        for (var step = 0; step < Moves; step++)
        {
            var before = Positions.Between(null, first, random)!;
            var after = Positions.Between(last, null, random)!;
            Item[] expected = [("", before), ("", first), ("", last), ("", after), ("", "V2V")];
            Assert.That(expected, Is.Ordered.Using<Item>(Positions.Compare));
            Assert.That(new[] { before, after }, Has.All.Match("^[0-9A-Za-z]{0,15}[1-9A-Za-z]$"));
            (first, last) = (before, after);
        }
    }

    [Test]
    public void Moves_among_many_items_with_the_same_position_succeed_when_they_are_repeated()
    {
        var random = Seeded(4);
        var list = new OrderedList(Enumerable.Range(1000, 500).Select(number => ($"item {number}", "V")));
        for (var step = 0; step < 50; step++)
        {
            var id = list.Ids[(int)(random() * 500)];
            var index = step == 0 ? 250 : (int)(random() * 500);
            var calls = 0;
            while (Positions.Move(list.Items, id, index, random) is { Count: > 0 } changes)
            {
                Assert.That(++calls, Is.LessThan(5));
                list.Apply(changes);
            }

            Assert.That(list.Ids[index], Is.EqualTo(id));
        }
    }

    [Test]
    public void Two_devices_end_in_one_order()
    {
        var random = Seeded(5);
        var server = OrderedList.OfDefaults(20);
        for (var round = 0; round < 1000; round++)
        {
            var (phone, tablet) = (new OrderedList(server.Items), new OrderedList(server.Items));
            var phoneChanges = phone.Move(phone.Ids[(int)(random() * 20)], 9 + (int)(random() * 3), random);
            var tabletChanges = tablet.Move(tablet.Ids[(int)(random() * 20)], 9 + (int)(random() * 3), random);
            foreach (var device in (OrderedList[])[phone, tablet])
            {
                device.Apply(phoneChanges);
                device.Apply(tabletChanges);
            }

            Assert.That(phone.Items, Is.EqualTo(tablet.Items));
            server = phone;
        }
    }

    [Test]
    public void Items_that_two_devices_have_given_the_same_position_can_be_moved_apart()
    {
        var (phone, tablet) = (OrderedList.OfDefaults(5), OrderedList.OfDefaults(5));
        Item[] changes = [.. phone.Move("item 0", 2, () => 0.5), .. tablet.Move("item 4", 3, () => 0.5)];
        Assert.That(changes[0].Position, Is.EqualTo(changes[1].Position));
        phone.Apply(changes);
        tablet.Apply(changes);
        Assert.That(phone.Ids, Is.EqualTo((string[])["item 1", "item 2", "item 0", "item 4", "item 3"]));
        Assert.That(phone.Items, Is.EqualTo(tablet.Items));
        Assert.That(phone.Move("item 1", 2, null), Has.Count.EqualTo(2));
    }

    [Test]
    public void The_default_source_of_random_numbers_gives_different_positions()
    {
        var positions = Enumerable.Range(0, 20).Select(_ => Positions.Between("V1V", "V2V")).ToHashSet();
        Assert.That(positions, Has.Count.GreaterThan(10));
        Assert.That(Positions.Move(OrderedList.OfDefaults(3).Items, "item 0", 2), Has.Count.EqualTo(1));
    }

    [Test]
    public void Wrong_arguments_are_refused()
    {
        var items = OrderedList.OfDefaults(3).Items;
        Assert.That(() => Positions.Move(items, "item 3", 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Positions.Move(items, "item 0", -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Positions.Move(items, "item 0", 3), Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (var position in (string[])["", "V0", "V-V", "Ä", new('V', 65)])
        {
            Assert.That(() => Positions.Between(position, null), Throws.ArgumentException);
            Assert.That(() => Positions.Between(null, position), Throws.ArgumentException);
        }
    }

    // The same numbers in every run.
    private static Func<double> Seeded(uint seed) =>
        () => (seed = unchecked((seed * 1664525) + 1013904223)) / (double)(1L << 32);

    private static TestCaseData NameOf(IVector vector) => new TestCaseData(vector).SetArgDisplayNames(vector.Name);

    // The list as the user sees it. Every change is checked.
    private sealed class OrderedList(IEnumerable<Item> items)
    {
        public List<Item> Items { get; } = [.. items];

        public List<string> Ids => Items.ConvertAll(item => item.Id);

        // These are default positions with four digits.
        public static OrderedList OfDefaults(int count) =>
            new(Enumerable.Range(0, count).Select(index => ($"item {index}", $"Y{1000 + index}V")));

        public IReadOnlyList<Item> Move(string id, int index, Func<double>? random)
        {
            var expected = Ids;
            expected.Remove(id);
            expected.Insert(index, id);
            var changes = Positions.Move(Items, id, index, random);
            Apply(changes);
            Assert.That(Ids.SequenceEqual(expected), "the order is another one");
            return changes;
        }

        public void Apply(IReadOnlyList<Item> changes)
        {
            Assert.That(changes, Has.Count.LessThanOrEqualTo(100));
            foreach (var change in changes)
            {
                Assert.That(change.Position, Does.Match(Pattern));
                Items[Items.FindIndex(item => item.Id == change.Id)] = change;
            }

            Items.Sort(Positions.Compare);
        }
    }

    private interface IVector
    {
        string Name { get; }
    }

    public sealed record Vectors(BetweenVector[] Between, CompareVector[] Compare, MoveVector[] Move);

    public sealed record BetweenVector(string Name, string? Before, string? After, double[] Random, string? Expected)
        : IVector;

    public sealed record CompareVector(string Name, Placed A, Placed B, int Expected) : IVector;

    public sealed record MoveVector(
        string Name,
        Placed[] Items,
        string Id,
        int Index,
        double[] Random,
        Placed[] Expected
    ) : IVector;

    public sealed record Placed(string Id, string Position)
    {
        public Item Pair => (Id, Position);
    }
}
