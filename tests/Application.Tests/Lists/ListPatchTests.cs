using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Lists;

public sealed class ListPatchTests
{
    private static readonly ListPatch Nothing = new(default, default, default, default);
    private static readonly ListFields Fields = new("Training", "#12abef", "a", Given.Now);

    private static readonly TestCaseData[] Patches =
    [
        Case("nothing", Nothing, Fields),
        Case("a name", Nothing with { Name = new(" \u202ASport\u202C ") }, Fields with { Name = "Sport" }),
        Case("a color", Nothing with { Color = new("#ffffff") }, Fields with { Color = "#ffffff" }),
        Case("no color", Nothing with { Color = new(null) }, Fields with { Color = null }),
        Case("a position", Nothing with { Position = new("B") }, Fields with { Position = "B" }),
        Case("no position", Nothing with { Position = new(null) }, Fields with { Position = null }),
        Case(
            "another time in the archive",
            Nothing with
            {
                ArchivedAt = new(Given.Now.AddDays(1)),
            },
            Fields with
            {
                ArchivedAt = Given.Now.AddDays(1),
            }
        ),
        Case("out of the archive", Nothing with { ArchivedAt = new(null) }, Fields with { ArchivedAt = null }),
        Case(
            "every member at once",
            new ListPatch(new("Sport"), new(null), new("B"), new(null)),
            new ListFields("Sport", null, "B", null)
        ),
    ];

    [TestCaseSource(nameof(Patches))]
    public void Merges_according_to_RFC_7396(object patch, object result) =>
        Assert.That(((ListPatch)patch).ApplyTo(Fields), Is.EqualTo((ListFields)result));

    [Test]
    public void Accepts_absent_members() => Assert.That(Errors(Nothing), Is.Empty);

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Names))]
    public void Checks_the_name(string? name, string error) =>
        Assert.That(Errors(Nothing with { Name = new(name) }), Is.EqualTo(error));

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Colors))]
    public void Checks_the_color(string? color, string error) =>
        Assert.That(Errors(Nothing with { Color = new(color) }), Is.EqualTo(error));

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Positions))]
    public void Checks_the_position(string? position, string error) =>
        Assert.That(Errors(Nothing with { Position = new(position) }), Is.EqualTo(error));

    private static string Errors(ListPatch patch) =>
        new PatchListValidator().ErrorTextOf(new PatchListCommand(Guid.NewGuid(), patch, Precondition.None));

    private static TestCaseData Case(string name, ListPatch patch, ListFields result) =>
        new TestCaseData(patch, result).SetArgDisplayNames(name);
}
