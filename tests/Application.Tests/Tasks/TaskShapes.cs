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

    public static IEnumerable<TestCaseData> Dues() =>
        [
            Due("all day", "2026-12-01", null, null, ""),
            Due("a time", "2026-12-01", "18:00", null, ""),
            Due("seconds", "2026-12-01", "18:00:59", "UTC", ""),
            Due("milliseconds", "2026-12-01", "18:00:00.001", "Europe/Berlin", ""),
            Due("a leap day", "2028-02-29", "23:59", "America/Argentina/Buenos_Aires", ""),
            Due("the first day", "0001-01-01", "00:00", "Pacific/Kiritimati", ""),
            Due("the last day", "9999-12-31", null, "Pacific/Pago_Pago", ""),
            Due("no date", null, "18:00", null, "due/date: required"),
            Due("an impossible date", "2026-02-29", null, null, "due/date: invalid_format"),
            Due("another form of a date", "1.12.2026", null, null, "due/date: invalid_format"),
            Due("a date with a blank", " 2026-12-01", null, null, "due/date: invalid_format"),
            Due("a moment for a date", "2026-12-01T18:00:00Z", null, null, "due/date: invalid_format"),
            Due("an hour too many", "2026-12-01", "24:00", null, "due/time: invalid_format"),
            Due("one digit", "2026-12-01", "7:00", null, "due/time: invalid_format"),
            Due("hundredths", "2026-12-01", "18:00:00.01", null, "due/time: invalid_format"),
            Due("a time with an offset", "2026-12-01", "18:00Z", null, "due/time: invalid_format"),
            Due("an unknown zone", "2026-12-01", null, "Europe/Atlantis", "due/timeZone: invalid_format"),
            Due("an offset for a zone", "2026-12-01", null, "+01:00", "due/timeZone: invalid_format"),
            Due("an empty zone", "2026-12-01", null, " ", "due/timeZone: invalid_format"),
            Due("a long zone", "2026-12-01", null, Shapes.Text(65), "due/timeZone: too_long"),
            Due(
                "all parts",
                "x",
                "y",
                "z",
                "due/date: invalid_format, due/time: invalid_format, due/timeZone: invalid_format"
            ),
        ];

    public static IEnumerable<TestCaseData> Reminders() =>
        [
            Shapes.Case("null", null, ""),
            Minutes("none", [], ""),
            Minutes("5 reminders", [0, 1, 2, 40319, 40320], ""),
            Minutes("6 reminders", [1, 2, 3, 4, 5, 6], "reminders: too_long"),
            Minutes("less than 0", [-1], "reminders: out_of_range"),
            Minutes("more than 40320", [30, 40321], "reminders: out_of_range"),
            Minutes("a duplicate", [30, 0, 30], "reminders: duplicate"),
        ];

    private static TestCaseData Due(string name, string? date, string? time, string? timeZone, string error) =>
        new TestCaseData(date, time, timeZone, error).SetArgDisplayNames(name);

    private static TestCaseData Minutes(string name, int[] reminders, string error) =>
        Shapes.Case(name, reminders, error);

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => $"{number}");

    private static TestCaseData Case(string name, string[] labels, string error) => Shapes.Case(name, labels, error);
}
