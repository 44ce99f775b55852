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
    public void Names_of_the_operator_of_functions_and_of_nobody_are_reserved(string name) =>
        Assert.That(ReservedUsernames.Contains(name), Is.True);

    [TestCase("ann")]
    [TestCase("admin1")]
    [TestCase("rooted")]
    [TestCase("")]
    public void Other_names_are_available(string name) => Assert.That(ReservedUsernames.Contains(name), Is.False);

    [Test]
    public void About_a_hundred_names_are_reserved_in_any_case()
    {
        var names = Names();

        Assert.That(names, Has.Count.InRange(80, 150));
        Assert.That(names.Where(name => !ReservedUsernames.Contains(name.ToUpperInvariant())), Is.Empty);
    }

    // Only this test knows the list.
    private static IReadOnlySet<string> Names() =>
        typeof(ReservedUsernames)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null))
            .OfType<IReadOnlySet<string>>()
            .Single();
}
