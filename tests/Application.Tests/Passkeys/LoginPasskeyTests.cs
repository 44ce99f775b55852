using Fitnessify.Application.Auth;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Moq;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class LoginPasskeyTests
{
    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly StoredPasskeys _passkeys;
    private LoginOptions _options = new();

    public LoginPasskeyTests()
    {
        _passkeys = new StoredPasskeys(_ports) { UserId = _ports.Credentials!.UserId };
        _passkeys.Issue(TicketPurpose.PasskeyLogin, null, "state", Given.Now);
        _ports.Steps.Clear();
    }

    [Test]
    public async Task Starts_a_session_of_whose_passkey_it_is_and_uses_the_ticket_in_one_save()
    {
        var tokens = (await HandleAsync()).Value!;

        Assert.That(tokens.AccessToken, Is.EqualTo("access"));
        Assert.That(
            _ports.Steps,
            Is.EqualTo(["""verify {"id":"AQID"} after state""", "find them", "use ticket", "audit SignedIn", "save"])
        );
        var told = _ports.Events.Single();
        Assert.That((told.SubjectId, told.Device), Is.EqualTo((_ports.Credentials!.UserId, "Tablet")));
    }

    [Test]
    public async Task Refuses_an_unknown_ticket_and_records_it()
    {
        Assert.That((await HandleAsync("other")).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        AssertRefusedNobody();
    }

    [Test]
    public async Task Refuses_an_answer_that_does_not_hold_and_keeps_the_ticket()
    {
        _passkeys.IsValid = false;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        AssertRefusedNobody();
        Assert.That(_ports.Steps, Has.None.EqualTo("use ticket"));
    }

    [Test]
    public async Task Refuses_when_the_account_has_gone()
    {
        _ports.Credentials = null;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        AssertRefusedNobody();
    }

    [TestCase(true, true, "account_disabled")]
    [TestCase(false, false, "email_not_confirmed")]
    public async Task Tells_the_owner_of_the_passkey_why_not(bool isDisabled, bool isConfirmed, string code)
    {
        _options = new LoginOptions { RequireConfirmedEmail = true };
        _ports.Credentials = _ports.Credentials! with { IsDisabled = isDisabled, EmailConfirmed = isConfirmed };

        Assert.That((await HandleAsync()).Error!.Code, Is.EqualTo(code));
        Assert.That(_ports.Steps.TakeLast(3), Is.EqualTo(["use ticket", "audit SignInFailed", "save"]));
        Assert.That(_ports.Events.Single().SubjectId, Is.EqualTo(_ports.Credentials.UserId));
    }

    [Test]
    public async Task Passes_on_that_the_ticket_was_used_meanwhile()
    {
        _ports.Saved = PasskeyErrors.PasskeyInvalid;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        Assert.That(_ports.Events, Is.Empty);
    }

    [TestCase("t", 100, "")]
    [TestCase("", 100, "ticket: required")]
    [TestCase("t", 101, "device: too_long")]
    public void Needs_ticket_and_credential(string ticket, int deviceLength, string error) =>
        Assert.That(
            new LoginPasskeyValidator().ErrorTextOf(
                new LoginPasskeyCommand(ticket, StoredPasskeys.Credential, new string('x', deviceLength))
            ),
            Is.EqualTo(error)
        );

    [Test]
    public void Says_when_there_is_no_credential() =>
        Assert.That(
            new LoginPasskeyValidator().ErrorTextOf(new LoginPasskeyCommand("t", null!)),
            Is.EqualTo("credential: required")
        );

    private void AssertRefusedNobody() =>
        Assert.That(
            _ports.Events,
            Is.EqualTo([new Event(AuditEventType.SignInFailed, AuditOutcome.Failed, null, null, null, "Tablet")])
        );

    private Task<Result<TokensDto>> HandleAsync(string ticket = "ticket")
    {
        var clock = Given.Clock();
        var sessions = new Mock<ISessionRepository>();
        sessions
            .Setup(port =>
                port.ListBeyondAsync(It.IsAny<Guid>(), It.IsAny<int>(), Given.Now, It.IsAny<CancellationToken>())
            )
            .ReturnsAsync([]);
        var tokens = new Mock<ISessionTokens>();
        tokens
            .Setup(port => port.Issue(It.IsAny<Session>(), Given.Now))
            .Returns(new IssuedTokens("access", TimeSpan.FromMinutes(15), "refresh"));
        return new LoginPasskeyHandler(
            _passkeys,
            _passkeys,
            _ports,
            new SignInGate(_options, new RegistrationOptions(), _ports, _ports, _ports, clock),
            new SessionStart(
                new SessionOptions(),
                sessions.Object,
                tokens.Object,
                _ports,
                _ports,
                _ports,
                _ports,
                clock
            ),
            clock
        ).Handle(new LoginPasskeyCommand(ticket, StoredPasskeys.Credential, "Tablet"), CancellationToken.None);
    }
}
