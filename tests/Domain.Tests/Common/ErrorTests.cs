using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class ErrorTests
{
    [Test]
    public void A_validation_error_lists_the_fields_and_stays_equal_without_them()
    {
        var field = new FieldError(["username"], FieldErrorCodes.Required, "Missing.");

        var error = CommonErrors.Validation(field);

        Assert.That(error.Fields, Is.EqualTo([field]));
        Assert.That(error with { Fields = null }, Is.EqualTo(CommonErrors.ValidationFailed));
    }

    [Test]
    public void A_rejected_password_has_reasons_and_stays_equal_without_them()
    {
        var error = AccountErrors.PasswordRejectedFor(PasswordReasons.TooShort, PasswordReasons.ContainsIdentity);

        Assert.That(error.Details, Has.Count.EqualTo(1));
        Assert.That(error.Details!["reasons"], Is.EqualTo(["too_short", "contains_identity"]));
        Assert.That(error with { Details = null }, Is.EqualTo(AccountErrors.PasswordRejected));
    }

    [Test]
    public void An_outage_contains_the_retry_delay() =>
        Assert.That(CommonErrors.ServiceUnavailable.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
}
