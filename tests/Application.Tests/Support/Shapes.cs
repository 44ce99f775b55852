namespace Fitnessify.Application.Tests.Support;

/// <summary>The valid values of members that tasks, their steps and lists have in common.</summary>
internal static class Shapes
{
    /// <summary>Returns visible lines, each with the error of the member at this path.</summary>
    public static IEnumerable<TestCaseData> Lines(string path, int maxLength) =>
        [
            Case("null", null, $"{path}: required"),
            Case("one character", "t", ""),
            Case($"{maxLength} characters", Text(maxLength), ""),
            Case($"{maxLength} characters with blanks around", $"  {Text(maxLength)}  ", ""),
            Case($"{maxLength + 1} characters", Text(maxLength + 1), $"{path}: too_long"),
            Case($"{maxLength / 2} pairs of surrogates", Pairs(maxLength / 2), ""),
            Case($"{maxLength / 2 + 1} pairs of surrogates", Pairs(maxLength / 2 + 1), $"{path}: too_long"),
            Case("empty", "", $"{path}: required"),
            Case("blank", "  \t", $"{path}: required"),
            Case("nothing to see", "\u200B\u2060", $"{path}: required"),
            Case("marks of direction", "\u202A+49 30 1234\u202C \u2068Ann\u2069", ""),
            Case("only marks of direction", "\u202A\u202C", $"{path}: required"),
            Case($"{maxLength} characters and marks of direction", $"\u202A{Text(maxLength)}\u202C", ""),
            Case("a line break at the end", "Run\r\n", ""),
            .. BadText.InLines.Select(bad => Case(bad.Name, bad.Text, $"{path}: invalid_format")),
        ];

    /// <summary>Returns positions, each with the error of the member at this path.</summary>
    public static IEnumerable<TestCaseData> Positions(string path) =>
        [
            Case("null", null, ""),
            Case("one character", "1", ""),
            Case("64 characters", Text(64), ""),
            Case("65 characters", Text(65), $"{path}: too_long"),
            Case("a zero at the end", "a0", $"{path}: invalid_format"),
            Case("zero", "0", $"{path}: invalid_format"),
            Case("empty", "", $"{path}: invalid_format"),
            Case("a blank", " ", $"{path}: invalid_format"),
            Case("a blank around", " a", $"{path}: invalid_format"),
            Case("a hyphen", "a-b", $"{path}: invalid_format"),
            Case("a letter with an accent", "\u00E4", $"{path}: invalid_format"),
            Case("a line break at the end", "a\n", $"{path}: invalid_format"),
        ];

    public static TestCaseData Case(string name, object? value, string error) =>
        new TestCaseData(value, error).SetArgDisplayNames(name);

    public static string Text(int length) => new('t', length);

    private static string Pairs(int count) => string.Concat(Enumerable.Repeat("\U0001F3CB", count));
}
