using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class OptionalTests
{
    [Test]
    public void Is_absent_by_default()
    {
        Optional<string?> absent = default;

        Assert.That((absent.IsPresent, absent.Value), Is.EqualTo((false, (string?)null)));
    }

    [TestCase("kern")]
    [TestCase("")]
    [TestCase(null)]
    public void Is_present_with_any_value_null_included(string? value)
    {
        var sent = new Optional<string?>(value);

        Assert.That((sent.IsPresent, sent.Value), Is.EqualTo((true, value)));
    }

    [Test]
    public void Tells_a_null_that_was_sent_from_none() =>
        Assert.That(new Optional<string?>(null), Is.Not.EqualTo(default(Optional<string?>)));

    [Test]
    public void Tells_a_default_value_that_was_sent_from_none() =>
        Assert.That(new Optional<int>(0), Is.Not.EqualTo(default(Optional<int>)));
}
