using System.Text.RegularExpressions;
using Fitnessify.Domain.Common;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Domain.Tests.Common;

public sealed class PositionsTests
{
    private static readonly string Last = new('z', Positions.MaxLength);

    // The numbers at which a position gets another character, and their neighbors.
    private static readonly long[] Numbers = [0, 1, 61, 62, 3843, 3844, long.MaxValue - 1, long.MaxValue];

    private static readonly string?[] Starts =
    [
        null,
        "1",
        "V1V",
        "0000000000001",
        "abczzzzz",
        "zzzzz",
        new('1', Positions.MaxLength),
        "zzzz" + new string('1', Positions.MaxLength - 4),
    ];

    [TestCase("1", true)]
    [TestCase("V1V", true)]
    [TestCase("09AZaz", true)]
    [TestCase("00000001", true)]
    [TestCase("", false)]
    [TestCase("0", false)]
    [TestCase("a0", false)]
    [TestCase("a b", false)]
    [TestCase("a-b", false)]
    [TestCase("a_b", false)]
    [TestCase("\u00E4", false)]
    [TestCase("\u0661", false, Description = "a digit of another script")]
    [TestCase("a\0", false)]
    [TestCase("a\n", false)]
    [TestCase("\na", false)]
    [TestCase("a\nb", false)]
    public void A_position_consists_of_digits_and_letters_and_does_not_end_in_zero(string text, bool isValid) =>
        Assert.That(IsValid(text), Is.EqualTo(isValid));

    [TestCase(63, true)]
    [TestCase(64, true)]
    [TestCase(65, false)]
    public void A_position_has_at_most_64_characters(int length, bool isValid) =>
        Assert.That(IsValid(new string('a', length)), Is.EqualTo(isValid));

    // They are stored, and the place by creation is compared with them, so they may never change.
    [TestCase(0, "V0V")]
    [TestCase(1, "V1V")]
    [TestCase(61, "VzV")]
    [TestCase(62, "W10V")]
    [TestCase(3843, "WzzV")]
    [TestCase(3844, "X100V")]
    [TestCase(long.MaxValue, "fAzL8n0Y58m7V")]
    public void Each_number_has_one_default_position(long number, string position) =>
        Assert.That(Positions.Default(number), Is.EqualTo(position));

    [Test]
    public void Default_positions_grow_with_their_numbers_and_leave_room()
    {
        foreach (var (number, next) in Numbers.Zip(Numbers[1..]))
        {
            Assert.That(AreApart(Positions.Default(number), Positions.Default(next)), Is.True, $"{number}");
        }
    }

    [Test]
    public void Default_positions_of_any_two_numbers_grow_and_leave_room()
    {
        var numbers =
            from high in Gen.Choose(0, int.MaxValue)
            from low in Gen.Choose(0, int.MaxValue)
            from shift in Gen.Choose(0, 61)
            select (((long)high << 31) | (long)low) >> shift;
        var pairs =
            from number in numbers
            from other in Gen.OneOf(numbers, Gen.Constant(number + 1))
            where number != other
            select (Math.Min(number, other), Math.Max(number, other));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                pairs.ToArbitrary(),
                pair => AreApart(Positions.Default(pair.Item1), Positions.Default(pair.Item2))
            )
        );
    }

    [Test]
    public void There_is_room_before_the_first_default_position_and_after_the_last()
    {
        Assert.That(Positions.Default(0), Is.GreaterThan("V").Using<string>(StringComparer.Ordinal));
        Assert.That(Positions.Default(long.MaxValue), Is.LessThan("z").Using<string>(StringComparer.Ordinal));
    }

    [TestCase("", 0, "", TestName = "A new item is placed by the save")]
    [TestCase("V7V", 0, "", TestName = "A new item is placed by the save, whatever it holds")]
    [TestCase("V7V", 7, "V7V", TestName = "An item stays at its place by creation")]
    [TestCase("V7V", 70, "V7V", TestName = "An item stays where the server has placed it under a lower number")]
    [TestCase("W10V", 7, "W10V", TestName = "An item stays where the server has placed it under a higher number")]
    [TestCase("fAzL8n0Y58m7V", 7, "fAzL8n0Y58m7V", TestName = "An item stays at the last place by creation")]
    [TestCase("a", 7, "V7V", TestName = "An item of a client goes to its place by creation")]
    [TestCase("V7", 7, "V7V", TestName = "A place without the last character is a client's")]
    [TestCase("V", 7, "V7V", TestName = "A place of one character is a client's")]
    [TestCase("VV", 7, "V7V", TestName = "A place of two characters is a client's")]
    [TestCase("V0V", 7, "V7V", TestName = "The place of number zero is a client's")]
    [TestCase("W7V", 7, "V7V", TestName = "A place with too few digits for its first character is a client's")]
    [TestCase("V10V", 7, "V7V", TestName = "A place with too many digits for its first character is a client's")]
    [TestCase("W01V", 7, "V7V", TestName = "A place with a leading zero is a client's")]
    [TestCase("V7V00001", 7, "V7V", TestName = "A place shortly after one by creation is a client's")]
    public void A_request_without_a_position_leaves_what_the_server_has_placed(
        string position,
        long number,
        string expected
    ) => Assert.That(Positions.Unplaced(position, number), Is.EqualTo(expected));

    [Test]
    public void Every_default_position_stays_under_every_other_number() =>
        Prop.ForAll<PositiveInt, PositiveInt, byte>(
                (number, other, shift) =>
                {
                    var position = Positions.Default((long)number.Get << (shift % 32));
                    return Positions.Unplaced(position, other.Get) == position;
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_negative_number_has_no_position() =>
        Assert.That(() => Positions.Default(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(null, "V1V")]
    [TestCase("V1V", "V1V00001")]
    [TestCase("V1V00001", "V1V00002")]
    [TestCase("abczzzzz", "abd00001")]
    [TestCase("azzzzzzz", "b0000001")]
    [TestCase("abcdefghijk", "abcdefgi")]
    [TestCase("zzzzzzz", "zzzzzzz1")]
    [TestCase("zzzzzzzz", "zzzzzzzzV")]
    [TestCase("zzzzzzzzV", "zzzzzzzzVV")]
    public void A_position_follows_shortly_after_another(string? last, string next) =>
        Assert.That(Positions.After(last), Is.EqualTo(next));

    [TestCaseSource(nameof(Starts))]
    public void A_thousand_positions_follow_each_other_without_growing_longer(string? start)
    {
        var last = start;
        for (var i = 0; i < 1000; i++)
        {
            var next = Positions.After(last);
            Assert.That(IsValid(next), Is.True, next);
            Assert.That(string.CompareOrdinal(last, next), Is.Negative, next);
            last = next;
        }

        Assert.That(last, Has.Length.LessThanOrEqualTo(8));
    }

    [Test]
    public void Positions_follow_each_other_up_to_the_last_that_there_can_be()
    {
        var last = "zzzzzzzz";
        while (last.Length < Positions.MaxLength)
        {
            var next = Positions.After(last);
            Assert.That(IsValid(next), Is.True, next);
            Assert.That(string.CompareOrdinal(last, next), Is.Negative, next);
            last = next;
        }

        Assert.That(Positions.After(last), Is.EqualTo(last));
        Assert.That(Positions.After(Last), Is.EqualTo(Last));
    }

    [TestCase("a", "x", "b", "a", -1)]
    [TestCase("b", "a", "a", "x", 1)]
    [TestCase("Z", "x", "a", "a", -1, Description = "byte by byte, in no language")]
    [TestCase("V", "x", "V1", "a", -1)]
    [TestCase("V", "a", "V", "b", -1)]
    [TestCase("V", "a", "V", "B", 1)]
    [TestCase("V", "a", "V", "a", 0)]
    public void Items_are_compared_by_position_and_then_by_key(
        string position,
        string key,
        string otherPosition,
        string otherKey,
        int sign
    ) => Assert.That(Math.Sign(Positions.Compare((position, key), (otherPosition, otherKey))), Is.EqualTo(sign));

    /// <summary>Returns whether the first position is valid, and there is another one between it and the second.</summary>
    private static bool AreApart(string left, string right)
    {
        var between = left + "1";
        return IsValid(left)
            && IsValid(between)
            && string.CompareOrdinal(left, between) < 0
            && string.CompareOrdinal(between, right) < 0;
    }

    private static bool IsValid(string text) => Regex.IsMatch(text, Positions.Pattern);
}
