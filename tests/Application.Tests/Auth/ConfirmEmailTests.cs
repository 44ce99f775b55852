using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ConfirmEmailTests
{
    private const string Present = "kern@example.com";
    private const string Pending = "new@example.com";

    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly MailedTokens _tokens;
    private readonly Guid _userId;

    public ConfirmEmailTests()
    {
        _userId = _ports.Credentials!.UserId;
        _tokens = new MailedTokens(_ports, AccountTokenPurpose.ConfirmEmail)
        {
            Claim = new AccountTokenClaim(_userId, Present),
        };
        Account(isConfirmed: false);
    }

    [Test]
    public async Task Confirms_the_address_of_a_new_account_and_mails_nothing()
    {
        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(ConfirmedEmail: Present)]));
        Assert.That(_ports.Steps, Is.EqualTo(["redeem", "find them", "change them", "audit EmailConfirmed", "save"]));
        AssertTold(AuditEventType.EmailConfirmed);
    }

    [Test]
    public async Task Replaces_a_confirmed_address_and_tells_the_old_one()
    {
        Account(isConfirmed: true, Pending);
        _tokens.Claim = new AccountTokenClaim(_userId, Pending);

        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(ConfirmedEmail: Pending)]));
        var mail = _ports.Mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.EmailChanged, (Guid?)_userId, Present, Given.Now))
        );
        Assert.That(mail.Data["at"], Is.EqualTo("Saturday, 14 March 2026, 15:09 (UTC)"));
        AssertTold(AuditEventType.EmailChanged);
    }

    [Test]
    public async Task Tells_no_address_that_was_never_confirmed_of_the_one_that_replaces_it()
    {
        Account(isConfirmed: false, Pending);
        _tokens.Claim = new AccountTokenClaim(_userId, Pending);

        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(ConfirmedEmail: Pending)]));
        Assert.That(_ports.Mails, Is.Empty);
        AssertTold(AuditEventType.EmailConfirmed);
    }

    [Test]
    public async Task Confirms_a_confirmed_address_that_was_asked_for_once_more_without_a_mail()
    {
        Account(isConfirmed: true, Present);

        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Mails, Is.Empty);
        AssertTold(AuditEventType.EmailConfirmed);
    }

    [Test]
    public async Task Refuses_a_token_that_does_not_work()
    {
        _tokens.Claim = null;

        await AssertRefusedAsync();
    }

    [Test]
    public async Task Refuses_a_token_of_another_user()
    {
        _tokens.Claim = new AccountTokenClaim(Guid.NewGuid(), Present);

        await AssertRefusedAsync();
        Assert.That(_ports.Steps, Is.EqualTo(["redeem"]));
    }

    [Test]
    public async Task Refuses_when_the_account_is_gone()
    {
        _ports.Credentials = null;

        await AssertRefusedAsync();
    }

    [Test]
    public async Task Refuses_when_the_account_is_disabled()
    {
        _ports.Credentials = _ports.Credentials! with { IsDisabled = true };

        await AssertRefusedAsync();
    }

    [TestCase(null)]
    [TestCase("another@example.com")]
    public async Task Refuses_an_address_that_is_neither_the_present_nor_the_pending_one(string? pending)
    {
        Account(isConfirmed: true, pending);
        _tokens.Claim = new AccountTokenClaim(_userId, Pending);

        await AssertRefusedAsync();
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = UserErrors.EmailTaken;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.EmailTaken));
        Assert.That(_ports.Events, Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase(null, "token: required")]
    [TestCase(" ", "token: required")]
    [TestCase("a\0b", "token: invalid_format")]
    public void Needs_a_token(string? token, string errors) => Assert.That(Errors(_userId, token), Is.EqualTo(errors));

    [TestCase(4096, "")]
    [TestCase(4097, "token: too_long")]
    public void Looks_at_no_token_that_is_too_long(int length, string errors) =>
        Assert.That(Errors(_userId, new string('t', length)), Is.EqualTo(errors));

    [Test]
    public void Needs_a_user() => Assert.That(Errors(Guid.Empty, "x"), Is.EqualTo("userId: required"));

    private static string Errors(Guid userId, string? token) =>
        new ConfirmEmailValidator().ErrorTextOf(new ConfirmEmailCommand(userId, token!));

    private void Account(bool isConfirmed, string? pending = null) =>
        _ports.Credentials = _ports.Credentials! with { EmailConfirmed = isConfirmed, PendingEmail = pending };

    private void AssertTold(AuditEventType type) =>
        Assert.That(_ports.Events, Is.EqualTo([new Event(type, AuditOutcome.Succeeded, _userId, _userId)]));

    private async Task AssertRefusedAsync()
    {
        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.TokenInvalidOrExpired));
        Assert.That(_ports.Changes, Is.Empty);
        Assert.That(_ports.Steps, Has.None.EqualTo("save"), "The token is not used up.");
    }

    private Task<Result> HandleAsync() =>
        new ConfirmEmailHandler(
            _tokens,
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            new FakeTimeProvider(Given.Now.AddTicks(1234))
        ).Handle(new ConfirmEmailCommand(_userId, MailedTokens.Token), CancellationToken.None);
}
