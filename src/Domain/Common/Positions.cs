namespace Fitnessify.Domain.Common;

/// <summary>
/// Positions are fractions in base 62: between any two there is room for another, so that a client moves an item without
/// renumbering its neighbors. They are compared byte by byte.
/// </summary>
public static class Positions
{
    /// <summary>The longest position in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The form of a position. A zero at the end would leave no room before the same position without it.</summary>
    public const string Pattern = @"\A[0-9A-Za-z]{0,63}[1-9A-Za-z]\z";

    // The digits are in the order of their bytes.
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const char Middle = 'V';

    // So many digits have room for more items than there can be.
    private const int AppendWidth = 8;

    /// <summary>
    /// Returns the position of an item that nobody has placed. The positions of greater numbers are greater, and there is room
    /// between any two of them, before the first and after the last.
    /// </summary>
    public static string Default(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        Span<char> digits = stackalloc char[11];
        var start = digits.Length;
        do
        {
            digits[--start] = Digits[(int)(number % Digits.Length)];
            number /= Digits.Length;
        } while (number > 0);

        // The first character grows with the number of digits.
        var head = Digits[Digits.IndexOf(Middle, StringComparison.Ordinal) + digits.Length - start - 1];
        return $"{head}{digits[start..]}{Middle}";
    }

    /// <summary>
    /// Returns the position of an item when a request names none: where it stands if the server has placed it, also under
    /// another number, as before a guest signed in; else its place by creation.
    /// </summary>
    /// <param name="position">The position of the item; empty for a new one.</param>
    /// <param name="number">The number of the creation; 0 for a new item, which the save places.</param>
    public static string Unplaced(string position, long number)
    {
        ArgumentNullException.ThrowIfNull(position);
        return number == 0 ? ""
            : IsDefault(position) ? position
            : Default(number);
    }

    /// <summary>
    /// Returns a position shortly after this one, without growing longer each time; <see cref="Default"/> of 1 if there is none.
    /// After a position that is as long as it may be and begins with eight times the last digit, returns that one again.
    /// </summary>
    public static string After(string? last)
    {
        if (last is null)
        {
            return Default(1);
        }

        var digits = last.PadRight(AppendWidth, Digits[0])[..AppendWidth].ToCharArray();
        var at = digits.Length - 1;
        while (at >= 0 && digits[at] == Digits[^1])
        {
            digits[at--] = Digits[0];
        }

        if (at < 0)
        {
            return last.Length < MaxLength ? last + Middle : last;
        }

        digits[at] = Digits[Digits.IndexOf(digits[at], StringComparison.Ordinal) + 1];
        // No position ends in a zero.
        digits[^1] = digits[^1] == Digits[0] ? Digits[1] : digits[^1];
        return new string(digits);
    }

    private static bool IsDefault(string position) =>
        position is [var head, not '0', ..]
        && position[^1] == Middle
        && Digits.IndexOf(head, StringComparison.Ordinal) - Digits.IndexOf(Middle, StringComparison.Ordinal)
            == position.Length - 3;

    /// <summary>Compares two items by their positions, and by their keys where these are equal.</summary>
    public static int Compare((string Position, string Key) left, (string Position, string Key) right) =>
        string.CompareOrdinal(left.Position, right.Position) is not 0 and var order
            ? order
            : string.CompareOrdinal(left.Key, right.Key);
}
