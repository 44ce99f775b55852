using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class EmailAddressTests
{
    [TestCase("a@b.de", true)]
    [TestCase("first.last+tag@mail.example.com", true)]
    [TestCase("a@b", false)]
    [TestCase("a b@c.de", false)]
    [TestCase("@b.de", false)]
    [TestCase("a@b.de\n", false)]
    [TestCase("a@Pending.Invalid", false)]
    [TestCase("a@deleted.invalid", false)]
    [TestCase("a@mail.pending.invalid", true)]
    public void An_address_has_a_local_part_and_a_domain_with_a_dot_that_is_not_of_placeholders(
        string text,
        bool isAllowed
    ) => Assert.That(EmailAddress.IsAllowed(text), Is.EqualTo(isAllowed));

    [Test]
    public void The_part_before_the_at_sign_is_limited()
    {
        var longest = new string('a', Account.EmailLocalPartMaxLength);

        Assert.That(EmailAddress.HasShortLocalPart($"{longest}@example.com"), Is.True);
        Assert.That(EmailAddress.IsAllowed($"{longest}@example.com"), Is.True);
        Assert.That(EmailAddress.HasShortLocalPart($"{longest}a@example.com"), Is.False);
        Assert.That(EmailAddress.IsAllowed($"{longest}a@example.com"), Is.False);
    }

    [Test]
    public void The_whole_address_is_limited()
    {
        // Labels of a domain have at most 63 characters.
        var label = new string('b', 61) + ".";
        var rest = string.Concat(Enumerable.Repeat(label, 2)) + "de";
        var longest = new string('a', Account.EmailLocalPartMaxLength) + "@";
        longest += new string('c', Account.EmailMaxLength - longest.Length - rest.Length - 1) + "." + rest;

        Assert.That(longest, Has.Length.EqualTo(Account.EmailMaxLength));
        Assert.That(EmailAddress.IsAllowed(longest), Is.True);
        Assert.That(EmailAddress.IsAllowed(longest + "e"), Is.False);
    }

    [Test]
    public void A_text_is_required()
    {
        Assert.That(() => EmailAddress.IsAllowed(null!), Throws.ArgumentNullException);
        Assert.That(() => EmailAddress.HasShortLocalPart(null!), Throws.ArgumentNullException);
    }
}
