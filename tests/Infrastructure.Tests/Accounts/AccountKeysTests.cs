using Fitnessify.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Fitnessify.Infrastructure.Tests.Accounts;

public sealed class AccountKeysTests
{
    [TestCase("Ann")]
    [TestCase("straße@example.org")]
    [TestCase("I\u0307stanbul")]
    [TestCase("Jose\u0301@example.org")]
    public void Keys_are_those_of_Identity(string name) =>
        Assert.That(Account.Normalize(name), Is.EqualTo(new UpperInvariantLookupNormalizer().NormalizeName(name)));
}
