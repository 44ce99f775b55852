using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Tasks;

/// <summary>The valid values of a task are the same in a new task, a replacement, a patch and a batch.</summary>
internal static class TaskShapes
{
    private const string Lines = "\n\t";

    public static IEnumerable<TestCaseData> Titles() => Shapes.Lines("title", 200);

    public static IEnumerable<TestCaseData> Descriptions() =>
        [
            Shapes.Case("null", null, ""),
            Shapes.Case("empty", "", ""),
            Shapes.Case("4000 characters", Shapes.Text(4000), ""),
            Shapes.Case("4001 characters", Shapes.Text(4001), "description: too_long"),
            Shapes.Case("lines and tabs", "Squats:\n\t5 x 5\n", ""),
            Shapes.Case("carriage returns", "Squats\r\n5 x 5\r", ""),
            Shapes.Case("marks of direction", "\u202A+49\u202C \u202Eabc\u202C \u2066a\u2069", ""),
            .. BadText
                .InLines.Where(bad => !bad.Text.AsSpan().ContainsAny(Lines))
                .Select(bad => Shapes.Case(bad.Name, bad.Text, "description: invalid_format")),
        ];

    public static IEnumerable<TestCaseData> Labels() =>
        [
            Shapes.Case("null", null, ""),
            Case("none", [], ""),
            Case("20 labels", [.. Numbers(20)], ""),
            Case("21 labels", [.. Numbers(21)], "labels: too_long"),
            Case("50 characters", [$" {Shapes.Text(50)} "], ""),
            Case("51 characters", ["a", Shapes.Text(51)], "labels: too_long"),
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

    public static IEnumerable<TestCaseData> Positions() => Shapes.Positions("position");

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => $"{number}");

    private static TestCaseData Case(string name, string[] labels, string error) => Shapes.Case(name, labels, error);
}
