using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class ErrorTests
{
    [Test]
    public void Validation_lists_the_fields_and_stays_the_same_failure()
    {
        var field = new FieldError(["username"], FieldErrorCodes.Required, "Missing.");

        var error = CommonErrors.Validation(field);

        Assert.That(error.Fields, Is.EqualTo([field]));
        Assert.That(error with { Fields = null }, Is.EqualTo(CommonErrors.ValidationFailed));
    }

    [Test]
    public void A_rejected_password_says_why_and_stays_the_same_failure()
    {
        var error = AccountErrors.PasswordRejectedFor(PasswordReasons.TooShort, PasswordReasons.ContainsIdentity);

        Assert.That(error.Details, Has.Count.EqualTo(1));
        Assert.That(error.Details!["reasons"], Is.EqualTo(["too_short", "contains_identity"]));
        Assert.That(error with { Details = null }, Is.EqualTo(AccountErrors.PasswordRejected));
    }

    [Test]
    public void An_outage_says_when_to_try_again() =>
        Assert.That(CommonErrors.ServiceUnavailable.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
}
