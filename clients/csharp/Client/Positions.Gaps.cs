using System.Numerics;

namespace Fitnessify.Client;

public static partial class Positions
{
    // Positions are fractions between 0 and 1: the digits after the point, in base 62. clients/typescript/src/positions.ts has the
    // same algorithm, and both are tested with clients/vectors/positions.json.
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int MaxDigits = 64;

    private static readonly BigInteger Base = Digits.Length;

    // The value of a position is its fraction times this number, which makes an integer of every position.
    private static readonly BigInteger Whole = BigInteger.Pow(Base, MaxDigits);

    // A position is chosen at random among this many, so that two offline devices rarely choose the same one.
    private static readonly BigInteger Choices = BigInteger.Pow(Base, 2);

    // Where the list ends, new positions have at most 16 digits. The default positions of the server have up to 11, so that one
    // that it assigns later still comes after thousands of items that were added at the end.
    private static readonly BigInteger EndUnit = Whole / BigInteger.Pow(Base, 16);

    // Neighbors are spread so that each gets about 16 digits, which leaves room for many more items.
    private static readonly BigInteger WideSlot = Choices * EndUnit;

    // The seed does not depend on the time, at which another device may have started as well.
    private static readonly Random SharedRandom = new(Guid.NewGuid().GetHashCode());

    // Divides the gap into equal slots and chooses one position in each.
    private static List<(string Id, string Position)> Spread(List<string> ids, Gap gap, Func<double> random)
    {
        var changes = new List<(string Id, string Position)>();
        foreach (var id in ids)
        {
            var slot = new Gap(BoundOf(changes.Count), BoundOf(changes.Count + 1));
            changes.Add((id, Choose(slot, MaxDigits, random)!));
        }

        return changes;

        BigInteger BoundOf(int slot) => gap.Lower + ((gap.Upper - gap.Lower) * slot / ids.Count);
    }

    // Returns the gap for the number of items. At an open end it is limited, so that the room beyond it is not used up.
    private static Gap GapBetween(BigInteger? before, BigInteger? after, int count)
    {
        var units = count * (Choices + 1);
        return (before, after) switch
        {
            ({ } lower, { } upper) => new(lower, upper),
            ({ } lower, null) => new(lower, BigInteger.Min(((lower / EndUnit) + units) * EndUnit, Whole)),
            (null, { } upper) => new(
                BigInteger.Max((((upper + EndUnit - 1) / EndUnit) - units) * EndUnit, BigInteger.Zero),
                upper
            ),
            // This ends before V1V, the first default position of the server.
            _ => new(ValueOf("V", nameof(before)), ValueOf("V1", nameof(after))),
        };
    }

    // Chooses a position in the middle of the gap, with as few digits as make enough choices. Returns null if these are too many.
    private static string? Choose(Gap gap, int maxDigits, Func<double> random)
    {
        var unit = Whole;
        for (var digits = 1; digits <= maxDigits; digits++)
        {
            unit /= Base;
            var first = (gap.Lower / unit) + 1;
            var count = ((gap.Upper - 1) / unit) - first + 1;
            if (count >= Choices)
            {
                var choice = (RandomDigit(random) * Base) + RandomDigit(random);
                return PositionOf(first + ((count - Choices) / 2) + choice, digits);
            }
        }

        return null;
    }

    private static int RandomDigit(Func<double> random) => (int)Math.Floor(random() * Digits.Length);

    private static double NextRandom()
    {
        lock (SharedRandom)
        {
            return SharedRandom.NextDouble();
        }
    }

    // Reads each position at most once, since many neighbors may have to be tried. Beyond the ends of the list there are none.
    private static Func<int, BigInteger?> ValuesOf(List<(string Id, string Position)> items, string name)
    {
        var values = new BigInteger?[items.Count];
        return index =>
            index < 0 || index >= values.Length ? null : values[index] ??= ValueOf(items[index].Position, name);
    }

    private static BigInteger ValueOf(string position, string name)
    {
        if (
            position.Length is 0 or > MaxDigits
            || position[position.Length - 1] == '0'
            || position.Any(digit => !Digits.Contains(digit))
        )
        {
            throw new ArgumentException($"This is not a position: {position}", name);
        }

        return position
            .PadRight(MaxDigits, '0')
            .Aggregate(BigInteger.Zero, (value, digit) => (value * Base) + Digits.IndexOf(digit));
    }

    private static string PositionOf(BigInteger value, int digits)
    {
        var position = new char[digits];
        for (var place = digits - 1; place >= 0; place--)
        {
            position[place] = Digits[(int)(value % Base)];
            value /= Base;
        }

        return new string(position).TrimEnd('0');
    }

    // The values between Lower and Upper, both excluded.
    private readonly struct Gap(BigInteger lower, BigInteger upper)
    {
        public BigInteger Lower { get; } = lower;
        public BigInteger Upper { get; } = upper;
    }
}
