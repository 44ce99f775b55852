using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class ResultTests
{
    private static readonly Error Failure = new(ErrorKind.Conflict, "state_conflict", "Not now.");

    [Test]
    public void Success_has_no_error()
    {
        Assert.That(Result.Success.IsSuccess, Is.True);
        Assert.That(Result.Success.Error, Is.Null);
    }

    [Test]
    public void An_error_becomes_a_failure()
    {
        Result plain = Failure;
        Result<string> valued = Failure;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.IsSuccess, Is.False);
            Assert.That(plain.Error, Is.SameAs(Failure));
            Assert.That(valued.IsSuccess, Is.False);
            Assert.That(valued.Error, Is.SameAs(Failure));
            Assert.That(valued.Value, Is.Null);
        }
    }

    [Test]
    public void A_value_becomes_a_success_even_if_it_is_the_default_of_its_type()
    {
        Result<string> text = "done";
        Result<int> zero = 0;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.IsSuccess, Is.True);
            Assert.That(text.Value, Is.EqualTo("done"));
            Assert.That(text.Error, Is.Null);
            Assert.That(zero.IsSuccess, Is.True);
            Assert.That(zero.Value, Is.Zero);
        }
    }

    [Test]
    public void A_failure_can_be_created_without_a_value()
    {
        Assert.That(FailedOf<Result>().Error, Is.SameAs(Failure));
        Assert.That(FailedOf<Result<int>>().Error, Is.SameAs(Failure));

        static T FailedOf<T>()
            where T : IOutcome<T> => T.Failed(Failure);
    }

    [Test]
    public void Then_creates_the_value_after_a_success() =>
        Assert.That(Result.Success.Then(() => "made").Value, Is.EqualTo("made"));

    [Test]
    public void Then_creates_nothing_after_a_failure()
    {
        var isMade = false;

        var result = Result.Failed(Failure).Then(() => isMade = true);

        Assert.That(result.Error, Is.SameAs(Failure));
        Assert.That(isMade, Is.False);
    }

    [Test]
    public void Select_converts_the_value_of_a_success()
    {
        Result<int> two = 2;

        var text = two.Select(number => $"{number}");

        Assert.That((text.IsSuccess, text.Value), Is.EqualTo((true, "2")));
    }

    [Test]
    public void Select_keeps_the_error_of_a_failure_and_converts_nothing()
    {
        var isConverted = false;

        var result = Result<int>.Failed(Failure).Select(_ => isConverted = true);

        Assert.That(result.Error, Is.SameAs(Failure));
        Assert.That(isConverted, Is.False);
    }

    [Test]
    public void Select_requires_a_function() =>
        Assert.That(() => Result<int>.Failed(Failure).Select<int>(null!), Throws.ArgumentNullException);

    [Test]
    public void The_next_step_runs_after_success_only()
    {
        Result<string> success = "value";
        Result<string> failure = Failure;

        Assert.That(success.Then(_ => Failure).Error, Is.SameAs(Failure));
        Assert.That(success.Then(_ => Result.Success).IsSuccess, Is.True);
        Assert.That(failure.Then(_ => Result.Success).Error, Is.SameAs(Failure));
        Assert.That(() => success.Then(null!), Throws.ArgumentNullException);
    }
}
