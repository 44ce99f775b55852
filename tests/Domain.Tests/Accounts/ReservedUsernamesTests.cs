using System.Reflection;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class ReservedUsernamesTests
{
    [TestCase("admin")]
    [TestCase("Administrator")]
    [TestCase("ROOT")]
    [TestCase("fitnessify")]
    [TestCase("Support")]
    [TestCase("security")]
    [TestCase("No-Reply")]
    [TestCase("postmaster")]
    [TestCase("me")]
    [TestCase("null")]
    public void Nobody_passes_for_the_operator_a_function_or_nobody(string name) =>
        Assert.That(ReservedUsernames.Contains(name), Is.True);

    [TestCase("ann")]
    [TestCase("admin1")]
    [TestCase("rooted")]
    [TestCase("")]
    public void Other_names_are_free(string name) => Assert.That(ReservedUsernames.Contains(name), Is.False);

    [Test]
    public void About_a_hundred_names_are_reserved_in_any_case()
    {
        var names = Names();

        Assert.That(names, Has.Count.InRange(80, 150));
        Assert.That(names.Where(name => !ReservedUsernames.Contains(name.ToUpperInvariant())), Is.Empty);
    }

    // The list itself is nobody's business but this test's.
    private static IReadOnlySet<string> Names() =>
        typeof(ReservedUsernames)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null))
            .OfType<IReadOnlySet<string>>()
            .Single();
}
