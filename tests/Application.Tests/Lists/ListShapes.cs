using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Lists;

/// <summary>The valid values of a list are the same in a new list, a replacement and a patch.</summary>
internal static class ListShapes
{
    public static IEnumerable<TestCaseData> Names() => Shapes.Lines("name", 100);

    public static IEnumerable<TestCaseData> Colors() =>
        [
            Shapes.Case("null", null, ""),
            Shapes.Case("digits", "#012345", ""),
            Shapes.Case("letters of either case", "#aFAf09", ""),
            Shapes.Case("empty", "", "color: invalid_format"),
            Shapes.Case("no number sign", "12abef", "color: invalid_format"),
            Shapes.Case("five digits", "#12abe", "color: invalid_format"),
            Shapes.Case("seven digits", "#12abef0", "color: invalid_format"),
            Shapes.Case("three digits", "#fff", "color: invalid_format"),
            Shapes.Case("another letter", "#12abeg", "color: invalid_format"),
            Shapes.Case("digits of another script", "#\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16", "color: invalid_format"),
            Shapes.Case("a name", "red", "color: invalid_format"),
            Shapes.Case("a blank at the end", "#12abef ", "color: invalid_format"),
            Shapes.Case("a line break at the end", "#12abef\n", "color: invalid_format"),
        ];

    public static IEnumerable<TestCaseData> Positions() => Shapes.Positions("position");
}
