using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class PasswordSignInTests
{
    private static readonly LoginUserCommand Command = new("nikolas", "secret", "Tablet");
    private static readonly string[] UpToThePassword =
    [
        "take nikolas",
        "find nikolas",
        "verify secret with stored hash",
    ];
    private static readonly string[] Refused = ["audit SignInFailed", "save"];

    private readonly Ports _ports = new() { IsSignedIn = false };
    private LoginOptions _options = new();
    private RegistrationOptions _registration = new();

    [Test]
    public async Task Gives_the_account_after_the_right_password_and_forgives_the_wrong_ones()
    {
        var result = await VerifyAsync();

        Assert.That(result.Value, Is.EqualTo(_ports.Credentials));
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, "forgive nikolas"]));
    }

    [Test]
    public async Task Stores_nothing_when_there_is_no_place_to_hash()
    {
        _ports.IsHashingFull = true;

        var result = await VerifyAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Gives_its_place_back()
    {
        await VerifyAsync();

        Assert.That(_ports.Places, Is.Zero);
    }

    [Test]
    public async Task Looks_at_nothing_when_there_were_too_many_attempts()
    {
        _ports.Attempt = UserErrors.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(7) };

        var result = await VerifyAsync();

        Assert.That(result.Error, Is.EqualTo(_ports.Attempt.Error));
        Assert.That(_ports.Steps, Is.EqualTo(["take nikolas"]));
    }

    // An answer or a time that tells unknown from wrong would tell who has an account (ASVS 5.0, 6.3.8).
    [TestCase(true, PasswordVerdict.Wrong, "stored hash")]
    [TestCase(false, PasswordVerdict.Wrong, "nothing")]
    [TestCase(false, PasswordVerdict.Right, "nothing")]
    public async Task Does_the_same_for_an_unknown_login_and_a_wrong_password(
        bool isKnown,
        PasswordVerdict verdict,
        string comparedWith
    )
    {
        _ports.Verdict = verdict;
        _ports.Credentials = isKnown ? _ports.Credentials : null;

        var result = await VerifyAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.InvalidCredentials));
        Assert.That(
            _ports.Steps,
            Is.EqualTo(["take nikolas", "find nikolas", $"verify secret with {comparedWith}", .. Refused])
        );
        Assert.That(_ports.Events, Is.EqualTo([Failure(_ports.Credentials?.UserId)]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Returns_the_attempt_when_the_password_cannot_be_compared_now(bool isKnown)
    {
        _ports.Verdict = CommonErrors.ServiceUnavailable;
        _ports.Credentials = isKnown ? _ports.Credentials : null;

        var result = await VerifyAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_ports.Steps, Has.Count.EqualTo(4));
        Assert.That(_ports.Steps[^1], Is.EqualTo("return nikolas"));
    }

    [TestCase(false, true, false, "invalid_credentials")]
    [TestCase(false, false, true, "invalid_credentials")]
    [TestCase(true, true, true, "account_disabled")]
    [TestCase(true, true, false, "account_disabled")]
    [TestCase(true, false, false, "email_not_confirmed")]
    public async Task Tells_about_the_account_only_who_knows_the_password(
        bool isRightPassword,
        bool isDisabled,
        bool isConfirmed,
        string code
    )
    {
        _ports.Verdict = isRightPassword ? PasswordVerdict.RightButWeaklyHashed : PasswordVerdict.Wrong;
        _ports.Credentials = _ports.Credentials! with { IsDisabled = isDisabled, EmailConfirmed = isConfirmed };
        _options = new LoginOptions { RequireConfirmedEmail = true };

        var result = await VerifyAsync();

        string[] forgiven = isRightPassword ? ["forgive nikolas"] : [];
        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, .. forgiven, .. Refused]));
        Assert.That(_ports.Events, Is.EqualTo([Failure(_ports.Credentials.UserId)]));
    }

    [Test]
    public async Task Asks_for_a_confirmed_address_only_where_that_is_configured()
    {
        _ports.Credentials = _ports.Credentials! with { EmailConfirmed = false };

        var result = await VerifyAsync();

        Assert.That(result.IsSuccess, Is.True);
    }

    [Test]
    public async Task Asks_for_a_confirmed_address_where_a_registration_tells_nothing()
    {
        _ports.Credentials = _ports.Credentials! with { EmailConfirmed = false };
        _registration = new RegistrationOptions { RegistrationPrivacy = RegistrationPrivacy.Private };

        var result = await VerifyAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.EmailNotConfirmed));
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, "forgive nikolas", .. Refused]));
    }

    [Test]
    public async Task Prepares_a_stronger_hash_and_leaves_saving_to_the_sign_in()
    {
        _ports.Verdict = PasswordVerdict.RightButWeaklyHashed;

        var result = await VerifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, "forgive nikolas", "hash secret", "change them"]));
        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(PasswordHash: "new hash")]));
    }

    [Test]
    public async Task Signs_in_without_a_stronger_hash_when_there_can_be_none_now()
    {
        _ports.Verdict = PasswordVerdict.RightButWeaklyHashed;
        _ports.Hash = CommonErrors.ServiceUnavailable;

        var result = await VerifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_ports.Changes, Is.Empty);
    }

    [Test]
    public async Task Passes_on_what_saving_the_failure_says()
    {
        _ports.Verdict = PasswordVerdict.Wrong;
        _ports.Saved = Given.Failure;

        var result = await VerifyAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
    }

    private static Event Failure(Guid? subjectId) =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, subjectId, null, "Tablet");

    private Task<Result<Credentials>> VerifyAsync() =>
        new PasswordSignIn(
            _ports,
            _ports,
            _ports,
            new SignInGate(
                _options,
                _registration,
                _ports,
                _ports,
                _ports,
                new FakeTimeProvider(Given.Now.AddTicks(1234))
            )
        ).VerifyAsync(Command, CancellationToken.None);
}
