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

    [TestCase(0, 0, false)]
    [TestCase(99, 99, false)]
    [TestCase(100, 100, false)]
    [TestCase(101, 100, true)]
    [TestCase(250, 100, true)]
    public void A_validation_error_lists_the_first_100_fields_and_says_whether_there_are_more(
        int count,
        int listed,
        bool hasMore
    )
    {
        FieldError[] fields = [.. Enumerable.Range(0, count).Select(i => Missing("items", $"{i}"))];

        var error = CommonErrors.Validation(fields);

        Assert.That(error.Fields, Is.EqualTo(fields[..listed]));
        Assert.That(error.HasMoreFields, Is.EqualTo(hasMore));
    }

    [Test]
    public void An_error_within_another_value_has_the_path_of_that_value_before_those_of_its_fields()
    {
        var error = CommonErrors.Validation(
            Missing("title"),
            Missing("checklist", "a", "title"),
            Missing() with
            {
                IsParameter = true,
            }
        );

        var within = (error with { HasMoreFields = true }).Within("operations", "3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                within.Fields!.Select(field => string.Join('/', field.Path)),
                Is.EqualTo(["operations/3/title", "operations/3/checklist/a/title", "operations/3"])
            );
            Assert.That(
                within.Fields!.Select(field => field with { Path = [] }),
                Is.EqualTo(error.Fields!.Select(field => field with { Path = [] }))
            );
            Assert.That(
                within with
                {
                    Fields = null,
                    HasMoreFields = false,
                },
                Is.EqualTo(CommonErrors.ValidationFailed)
            );
            Assert.That(within.HasMoreFields, Is.True);
            Assert.That(error.Fields![0].Path, Is.EqualTo(["title"]), "the original does not change");
        }
    }

    [Test]
    public void An_error_without_fields_is_the_same_within_another_value() =>
        Assert.That(CommonErrors.NotFound.Within("operations", "3"), Is.EqualTo(CommonErrors.NotFound));

    [Test]
    public void Within_requires_an_error() =>
        Assert.That(() => ((Error)null!).Within("operations"), Throws.ArgumentNullException);

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

    private static FieldError Missing(params string[] path) => new(path, FieldErrorCodes.Required, "Missing.");
}
