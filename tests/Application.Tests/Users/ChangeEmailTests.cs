using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Application.Tests.Users;

public sealed class ChangeEmailTests
{
    private const string New = "new@example.com";

    private readonly Ports _ports = new();
    private readonly Mock<IAccountRepository> _accounts = new(MockBehavior.Strict);
    private RegistrationPrivacy _privacy;
    private Credentials? _owner;

    public ChangeEmailTests()
    {
        _accounts
            .Setup(accounts => accounts.FindCredentialsAsync(New, CancellationToken.None))
            .ReturnsAsync(() => _owner);
        _accounts
            .Setup(accounts => accounts.ChangeAsync(_ports.Id, It.IsAny<AccountChange>(), CancellationToken.None))
            .Returns((Guid id, AccountChange change, CancellationToken token) => _ports.ChangeAsync(id, change, token));
    }

    [Test]
    public async Task Asks_for_the_password_then_notes_the_address_and_mails_both_and_saves_once()
    {
        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(PendingEmail: New)]));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "take me",
                "find me",
                "verify secret with stored hash",
                "forgive me",
                "change me",
                "mail ConfirmEmail",
                "mail EmailChangeRequested",
                "audit EmailChangeRequested",
                "save",
            ])
        );
        Assert.That(_ports.Mails.Select(mail => mail.UserId), Is.All.EqualTo(_ports.Id));
        Assert.That(_ports.Mails.Select(mail => mail.Address), Is.All.Null);
        var me = _ports.Id;
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(AuditEventType.EmailChangeRequested, AuditOutcome.Succeeded, me, me, _ports.SessionId),
            ])
        );
    }

    [Test]
    public async Task Takes_the_address_without_the_space_around_it()
    {
        await HandleAsync($" {New} ");

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(PendingEmail: New)]));
    }

    [Test]
    public async Task Changes_nothing_without_the_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        AssertNothing();
        _accounts.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Says_that_the_address_belongs_to_another_account()
    {
        _owner = Owner(Guid.NewGuid());

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.EmailTaken));
        AssertNothing();
    }

    [Test]
    public async Task In_private_it_does_and_answers_the_same_when_the_address_belongs_to_another_account()
    {
        _privacy = RegistrationPrivacy.Private;
        await HandleAsync();
        var steps = _ports.Steps.ToList();
        _ports.Steps.Clear();
        _owner = Owner(Guid.NewGuid());

        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Steps, Is.EqualTo(steps));
        _accounts.Verify(accounts => accounts.FindCredentialsAsync(New, CancellationToken.None), Times.Exactly(2));
    }

    [Test]
    public async Task Takes_the_own_address_in_another_case()
    {
        _owner = Owner(_ports.Id);

        Assert.That((await HandleAsync()).IsSuccess, Is.True);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
        Assert.That((_ports.Mails.Count, _ports.Events.Count), Is.EqualTo((0, 0)));
    }

    [TestCase("a@b.c", "x", "")]
    [TestCase(null, null, "newEmail: required, password: required")]
    [TestCase(" ", "", "newEmail: required, password: required")]
    [TestCase("a@localhost", "x", "newEmail: invalid_format")]
    [TestCase("a\0@b.c", "x\0", "newEmail: invalid_format, password: invalid_format")]
    public void Needs_address_and_password(string? newEmail, string? password, string errors) =>
        Assert.That(Errors(newEmail, password), Is.EqualTo(errors));

    [TestCase(64, "")]
    [TestCase(65, "newEmail: too_long")]
    public void Takes_no_address_that_is_too_long(int localPart, string errors) =>
        Assert.That(Errors($"{new string('l', localPart)}@example.com", "x"), Is.EqualTo(errors));

    private static string Errors(string? newEmail, string? password) =>
        new ChangeEmailValidator().ErrorTextOf(new ChangeEmailCommand(newEmail!, password!));

    private static Credentials Owner(Guid userId) =>
        new(userId, "somebody", New, "hash", EmailConfirmed: true, IsDisabled: false);

    private void AssertNothing()
    {
        Assert.That(_ports.Changes, Is.Empty);
        Assert.That(_ports.Mails, Is.Empty);
    }

    private Task<Result> HandleAsync(string newEmail = New)
    {
        var clock = new FakeTimeProvider(Given.Now.AddTicks(1234));
        return new ChangeEmailHandler(
            new RegistrationOptions { RegistrationPrivacy = _privacy },
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            _accounts.Object,
            _ports,
            _ports,
            _ports,
            _ports,
            clock
        ).Handle(new ChangeEmailCommand(newEmail, "secret"), CancellationToken.None);
    }
}
