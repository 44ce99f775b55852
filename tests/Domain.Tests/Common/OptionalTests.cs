using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class OptionalTests
{
    [Test]
    public void An_optional_value_is_absent_by_default()
    {
        Optional<string?> absent = default;

        Assert.That((absent.IsPresent, absent.Value), Is.EqualTo((false, (string?)null)));
    }

    [TestCase("kern")]
    [TestCase("")]
    [TestCase(null)]
    public void An_optional_value_is_present_with_any_value_including_null(string? value)
    {
        var sent = new Optional<string?>(value);

        Assert.That((sent.IsPresent, sent.Value), Is.EqualTo((true, value)));
    }

    [Test]
    public void A_null_that_was_sent_differs_from_an_absent_value() =>
        Assert.That(new Optional<string?>(null), Is.Not.EqualTo(default(Optional<string?>)));

    [Test]
    public void A_default_value_that_was_sent_differs_from_an_absent_value() =>
        Assert.That(new Optional<int>(0), Is.Not.EqualTo(default(Optional<int>)));

    [TestCase("kern", "[kern]")]
    [TestCase("", "[]")]
    [TestCase(null, "[]")]
    public void A_function_converts_any_value_that_was_sent_including_null(string? value, string converted)
    {
        var sent = new Optional<string?>(value).Select(text => $"[{text}]");

        Assert.That(sent, Is.EqualTo(new Optional<string?>(converted)));
    }

    [Test]
    public void A_function_does_not_make_an_absent_value_present()
    {
        var isCalled = false;

        var absent = default(Optional<bool>).Select(_ => isCalled = true);

        Assert.That(absent, Is.EqualTo(default(Optional<bool>)));
        Assert.That(isCalled, Is.False);
    }

    [Test]
    public void Select_requires_a_function() =>
        Assert.That(() => default(Optional<string?>).Select(null!), Throws.ArgumentNullException);
}
