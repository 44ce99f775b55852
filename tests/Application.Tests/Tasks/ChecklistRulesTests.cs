using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Tasks;

/// <summary>The valid steps of a task are the same in a new task, a replacement, a patch and a batch.</summary>
public sealed class ChecklistRulesTests
{
    private const string Key = "Ab-1";

    private static IEnumerable<TestCaseData> Titles() => Shapes.Lines($"checklist/{Key}/title", 200);

    private static IEnumerable<TestCaseData> Positions() => Shapes.Positions($"checklist/{Key}/position");

    [TestCaseSource(nameof(Titles))]
    public void Checks_the_title_of_a_step(string? title, string error)
    {
        Assert.That(ErrorsOfInput((Key, new(title!))), Is.EqualTo(error));
        Assert.That(ErrorsOfPatch((Key, Patch.Step(title: new(title)))), Is.EqualTo(error));
    }

    [TestCaseSource(nameof(Positions))]
    public void Checks_the_position_of_a_step(string? position, string error)
    {
        Assert.That(ErrorsOfInput((Key, new("Squats", Position: position))), Is.EqualTo(error));
        Assert.That(ErrorsOfPatch((Key, Patch.Step(position: new(position)))), Is.EqualTo(error));
    }

    [TestCase("a")]
    [TestCase("-")]
    [TestCase("09-AZ-az")]
    [TestCase("3F2504E0-4F89-41D3-9A0C-0305E82C3301", Description = "36 characters")]
    public void Accepts_a_key(string key)
    {
        Assert.That(ErrorsOfInput((key, new("Squats"))), Is.Empty);
        Assert.That(ErrorsOfPatch((key, Patch.Step(title: new("Squats")))), Is.Empty);
        Assert.That(ErrorsOfPatch((key, null)), Is.Empty);
    }

    [TestCase("")]
    [TestCase("3F2504E0-4F89-41D3-9A0C-0305E82C33011", Description = "37 characters")]
    [TestCase("a b")]
    [TestCase("a_b")]
    [TestCase("a.B")]
    [TestCase("A/b")]
    [TestCase("A[0]")]
    [TestCase("\u00C4")]
    [TestCase("A\n")]
    [TestCase("A\0")]
    public void Refuses_any_other_key_and_names_it_as_it_is(string key)
    {
        var input = new CreateTaskValidator().Validate(
            new CreateTaskCommand(InputOf((key, new ChecklistItemInput("Squats"))))
        );
        var removal = new PatchTaskValidator().Validate(CommandOf(Patch.Checklist((key, null))));

        foreach (var failure in new[] { input.Errors.Single(), removal.Errors.Single() })
        {
            var error = failure.ToFieldError();
            Assert.That(error.Path, Is.EqualTo(["checklist", key]));
            Assert.That(error.Code, Is.EqualTo(FieldErrorCodes.InvalidFormat));
        }
    }

    [TestCase(0, "")]
    [TestCase(100, "")]
    [TestCase(101, "checklist: too_long")]
    public void Accepts_at_most_100_steps(int count, string error)
    {
        var keys = Enumerable.Range(1, count).Select(number => $"{number}").ToList();

        Assert.That(ErrorsOfInput([.. keys.Select(key => (key, new ChecklistItemInput("Squats")))]), Is.EqualTo(error));
        Assert.That(ErrorsOfPatch([.. keys.Select(key => (key, (ChecklistItemPatch?)null))]), Is.EqualTo(error));
    }

    [Test]
    public void Checks_no_step_of_a_checklist_that_is_too_long() =>
        Assert.That(
            ErrorsOfInput([.. Enumerable.Range(1, 101).Select(number => ($"{number}", new ChecklistItemInput("")))]),
            Is.EqualTo("checklist: too_long")
        );

    [Test]
    public void A_step_is_null_only_where_it_is_removed()
    {
        Assert.That(ErrorsOfInput((Key, null!)), Is.EqualTo($"checklist/{Key}: required"));
        Assert.That(ErrorsOfPatch((Key, null)), Is.Empty);
    }

    [Test]
    public void A_patch_of_a_step_needs_no_member_and_may_untick_it()
    {
        Assert.That(ErrorsOfPatch((Key, Patch.Step())), Is.Empty);
        Assert.That(ErrorsOfPatch((Key, Patch.Step(done: new(null)))), Is.Empty);
    }

    [Test]
    public void A_checklist_may_be_null()
    {
        Assert.That(new CreateTaskValidator().ErrorTextOf(new CreateTaskCommand(new TaskInput("Leg day"))), Is.Empty);
        Assert.That(
            new PatchTaskValidator().ErrorTextOf(CommandOf(Patch.Nothing with { Checklist = new(null) })),
            Is.Empty
        );
    }

    [Test]
    public void Names_every_invalid_value_of_every_step()
    {
        Assert.That(
            ErrorsOfInput(("b", new("", Position: "0")), ("ok", new("Squats")), ("A", new("Squats", Position: "-"))),
            Is.EqualTo(
                "checklist/b/title: required, checklist/b/position: invalid_format, "
                    + "checklist/A/position: invalid_format"
            )
        );
        Assert.That(
            ErrorsOfPatch(("a b", Patch.Step(title: new(null))), ("ok", null), ("A", Patch.Step(position: new("-")))),
            Is.EqualTo(
                "checklist/a b: invalid_format, checklist/a b/title: required, checklist/A/position: invalid_format"
            )
        );
    }

    private static string ErrorsOfInput(params (string Key, ChecklistItemInput Step)[] steps) =>
        new CreateTaskValidator().ErrorTextOf(new CreateTaskCommand(InputOf(steps)));

    private static string ErrorsOfPatch(params (string Key, ChecklistItemPatch? Step)[] steps) =>
        new PatchTaskValidator().ErrorTextOf(CommandOf(Patch.Checklist(steps)));

    private static TaskInput InputOf(params (string Key, ChecklistItemInput Step)[] steps) =>
        new("Leg day", Checklist: steps.ToDictionary(step => step.Key, step => step.Step));

    private static PatchTaskCommand CommandOf(TaskPatch patch) => new(Guid.NewGuid(), patch, Precondition.None);
}
