using System.Text.RegularExpressions;
using Fitnessify.Architecture.Tests.Support;

namespace Fitnessify.Architecture.Tests;

public sealed partial class SourceTests
{
    private const string Program = "src/WebApi/Program.cs";
    private const int MaxProgramLines = 40;

    [Test]
    public void The_source_files_are_found() =>
        Assert.That(Source.Production.Select(file => file.Path), Does.Contain(Program));

    [Test]
    public void No_code_reads_the_system_clock_directly() =>
        Assert.That(Source.Production.SelectMany(file => file.Find(MachineClock())), Is.Empty, "use TimeProvider");

    [Test]
    public void Times_are_truncated_to_milliseconds_in_one_place() =>
        Assert.That(
            Source.Production.Where(file => file.Find(ExactClock()).Any()).Select(file => file.Path),
            Is.EqualTo(["src/Domain/Common/TimeProviderExtensions.cs"]),
            "use clock.Now()"
        );

    [Test]
    public void No_code_blocks_a_thread_on_a_task() =>
        Assert.That(Source.Production.SelectMany(file => file.Find(Blocking())), Is.Empty);

    [Test]
    public void Program_is_short() =>
        Assert.That(
            Source.Production.Single(file => file.Path == Program).Lines,
            Has.Length.LessThanOrEqualTo(MaxProgramLines)
        );

    [Test]
    public void No_name_consists_of_a_meaningless_word() =>
        Assert.That(Code.Types(Code.All).Where(type => EmptyName().IsMatch(type.Name)), Is.Empty);

    [Test]
    public void All_settings_are_read_and_validated_at_startup()
    {
        var text = string.Join('\n', Source.Production.SelectMany(file => file.CodeLines).Select(line => line.Text));
        var options = Code.Types(Code.All)
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .ToList();

        Assert.That(options, Is.Not.Empty);
        Assert.That(options.Where(type => !IsReadAtStart(type.Name, text)), Is.Empty);
    }

    [TestCase("var now = DateTime.UtcNow;", true)]
    [TestCase("return DateTimeOffset.Now;", true)]
    [TestCase("x = DateTime.Today", true)]
    [TestCase("var now = clock.Now();", false)]
    public void The_rule_about_the_clock_can_fail(string line, bool isBroken) =>
        Assert.That(MachineClock().IsMatch(line), Is.EqualTo(isBroken));

    [TestCase("var user = task.Result;", true)]
    [TestCase("if (task.Result == 3)", true)]
    [TestCase("var user = FindAsync(id).Result;", true)]
    [TestCase("task.Wait();", true)]
    [TestCase("task.Wait(1000);", true)]
    [TestCase("task.GetAwaiter().GetResult();", true)]
    [TestCase("context.Result = new ProblemResult(error);", false)]
    [TestCase("Result.Success", false)]
    [TestCase("Task.WaitAsync(token)", false)]
    public void The_rule_about_blocking_can_fail(string line, bool isBroken) =>
        Assert.That(Blocking().IsMatch(line), Is.EqualTo(isBroken));

    private static bool IsReadAtStart(string name, string text) =>
        Regex.IsMatch(text, $@"AddSettings<{name}>\(|Settings\.Read\([^;]*?\b(new )?{name}\b");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex MachineClock();

    [GeneratedRegex(@"\bGet(Utc|Local)Now\b")]
    private static partial Regex ExactClock();

    // Reading the Result of a task blocks; setting the Result of an MVC context does not.
    [GeneratedRegex(@"\.Result\b(?!\s*=[^=])|\.Wait\(|\.GetAwaiter\(\)\.GetResult\(")]
    private static partial Regex Blocking();

    [GeneratedRegex("(Service|Managers?|Helpers?|Utils?|Utilities|Models?)$")]
    private static partial Regex EmptyName();
}
