using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Tasks;

/// <summary>The valid values of a task are the same in a new task, a replacement, a patch and a batch.</summary>
internal static class TaskShapes
{
    private const string Lines = "\n\t";

    public static IEnumerable<TestCaseData> Titles() =>
        [
            Case("one character", "t", ""),
            Case("200 characters", Text(200), ""),
            Case("200 characters with blanks around", $"  {Text(200)}  ", ""),
            Case("201 characters", Text(201), "title: too_long"),
            Case("100 pairs of surrogates", string.Concat(Enumerable.Repeat("🏋", 100)), ""),
            Case("101 pairs of surrogates", string.Concat(Enumerable.Repeat("🏋", 101)), "title: too_long"),
            Case("empty", "", "title: required"),
            Case("blank", "  \t", "title: required"),
            Case("nothing to see", "\u200B\u2060", "title: required"),
            Case("marks of direction", "\u202A+49 30 1234\u202C \u2068Ann\u2069", ""),
            Case("200 characters and marks of direction", $"\u202A{Text(200)}\u202C", ""),
            Case("a line break at the end", "Run\r\n", ""),
            .. BadText.InLines.Select(bad => Case(bad.Name, bad.Text, "title: invalid_format")),
        ];

    public static IEnumerable<TestCaseData> NoTitles() => [Case("null", (object?)null, "title: required")];

    public static IEnumerable<TestCaseData> Descriptions() =>
        [
            Case("null", (object?)null, ""),
            Case("empty", "", ""),
            Case("4000 characters", Text(4000), ""),
            Case("4001 characters", Text(4001), "description: too_long"),
            Case("lines and tabs", "Squats:\n\t5 x 5\n", ""),
            Case("carriage returns", "Squats\r\n5 x 5\r", ""),
            Case("marks of direction", "\u202A+49\u202C \u202Eabc\u202C \u2066a\u2069", ""),
            .. BadText
                .InLines.Where(bad => !bad.Text.AsSpan().ContainsAny(Lines))
                .Select(bad => Case(bad.Name, bad.Text, "description: invalid_format")),
        ];

    public static IEnumerable<TestCaseData> Labels() =>
        [
            Case("null", (object?)null, ""),
            Case("none", [], ""),
            Case("20 labels", [.. Numbers(20)], ""),
            Case("21 labels", [.. Numbers(21)], "labels: too_long"),
            Case("50 characters", [$" {Text(50)} "], ""),
            Case("51 characters", ["a", Text(51)], "labels: too_long"),
            Case("an empty one", ["a", ""], "labels: required"),
            Case("a blank one", ["a", "  "], "labels: required"),
            Case("a null", ["a", null!], "labels: required"),
            Case("a duplicate", ["a", "b", "a"], "labels: duplicate"),
            Case("a duplicate after trimming", ["a", " a"], "labels: duplicate"),
            Case("the same in another case", ["a", "A"], "labels: duplicate"),
            Case("the same letters", ["stra\u00DFe", "STRASSE"], "labels: duplicate"),
            Case("another accent", ["resume", "r\u00E9sum\u00E9"], ""),
            Case("nothing to see", ["a", "\u3164"], "labels: required"),
            Case("marks of direction", ["\u2068a\u2069", "b\n"], ""),
            Case("a duplicate but for marks of direction", ["\u2068a\u2069", "a"], "labels: duplicate"),
            .. BadText.InLines.Select(bad => Case(bad.Name, ["a", bad.Text], "labels: invalid_format")),
        ];

    private static string Text(int length) => new('t', length);

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => $"{number}");

    private static TestCaseData Case(string name, object? value, string error) =>
        new TestCaseData(value, error).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, string[] labels, string error) => Case(name, (object)labels, error);
}
