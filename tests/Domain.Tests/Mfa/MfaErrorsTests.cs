using Fitnessify.Domain.Mfa;

namespace Fitnessify.Domain.Tests.Mfa;

public sealed class MfaErrorsTests
{
    [Test]
    public void A_missing_second_factor_comes_with_what_the_second_step_needs_and_stays_equal_without_it()
    {
        var error = MfaErrors.MfaRequiredFor("a token", MfaMethods.Totp, MfaMethods.RecoveryCode);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Details, Has.Count.EqualTo(2));
            Assert.That(error.Details!["challengeToken"], Is.EqualTo("a token"));
            Assert.That(error.Details!["methods"], Is.EqualTo(["totp", "recoveryCode"]));
            Assert.That(error with { Details = null }, Is.EqualTo(MfaErrors.MfaRequired));
        }
    }

    [Test]
    public void Without_a_second_factor_there_is_neither_a_time_nor_a_recovery_code() =>
        Assert.That(MfaStatus.Off, Is.EqualTo(new MfaStatus(IsEnabled: false, EnabledAt: null, RecoveryCodesLeft: 0)));
}
