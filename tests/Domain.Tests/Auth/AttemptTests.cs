using Fitnessify.Domain.Auth;

namespace Fitnessify.Domain.Tests.Auth;

public sealed class AttemptTests
{
    [TestCase(null)]
    [TestCase("a known device")]
    public void A_sign_in_is_counted_by_login_and_by_known_device(string? knownDevice)
    {
        var attempt = Attempt.SignIn("ann", knownDevice);

        Assert.That(
            (attempt.Identifier, attempt.IsSignIn, attempt.KnownDevice),
            Is.EqualTo(("ann", true, knownDevice))
        );
    }

    [Test]
    public void An_attempt_that_only_the_user_can_make_is_not_counted_as_a_sign_in()
    {
        var attempt = Attempt.Of("ann");

        Assert.That(
            (attempt.Identifier, attempt.IsSignIn, attempt.KnownDevice),
            Is.EqualTo(("ann", false, (string?)null))
        );
        Assert.That(attempt, Is.Not.EqualTo(Attempt.SignIn("ann")));
    }
}
