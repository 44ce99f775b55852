using Fitnessify.Application.Auth;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

public sealed class VerifyMfaTests
{
    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly Factors _factors;
    private readonly Guid _userId;
    private Session? _added;

    public VerifyMfaTests()
    {
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = true };
        _userId = _ports.Credentials.UserId;
        _factors = new Factors(_ports)
        {
            Ticket = new Ticket(Guid.NewGuid(), TicketPurpose.SignInCode, _userId, "Tablet"),
        };
    }

    [Test]
    public async Task Saves_code_ticket_and_session_at_once_and_only_then_forgives_wrong_codes()
    {
        var result = await HandleAsync();

        Assert.That(result.Value?.SessionId, Is.EqualTo(_added!.Id));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "find them",
                "take mfa of them",
                $"use 123456 at {Given.Now:O} for them",
                "use ticket of them",
                "add session",
                "audit SignedIn",
                "save",
                "forgive mfa of them",
            ])
        );
    }

    [Test]
    public async Task Starts_the_session_on_the_device_of_the_first_step()
    {
        await HandleAsync();

        Assert.That((_added!.OwnerId, _added.Device), Is.EqualTo((_userId, "Tablet")));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(AuditEventType.SignedIn, AuditOutcome.Succeeded, _userId, _userId, _added.Id, "Tablet"),
            ])
        );
    }

    [Test]
    public async Task Records_that_a_recovery_code_was_used()
    {
        Assert.That((await HandleAsync(null, "k7m2p-x4d9q")).IsSuccess, Is.True);

        Assert.That(_ports.Steps, Has.One.EqualTo($"use k7m2p-x4d9q at {Given.Now:O} for them"));
        Assert.That(
            _ports.Events.Select(told => told.Type),
            Is.EqualTo([AuditEventType.RecoveryCodeUsed, AuditEventType.SignedIn])
        );
        Assert.That(_ports.Events.Select(told => told.Device), Is.All.EqualTo("Tablet"));
    }

    [Test]
    public async Task Keeps_the_ticket_after_a_wrong_code_and_records_that_in_the_name_of_nobody()
    {
        _factors.IsCodeRight = false;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Has.None.StartsWith("use ticket").And.None.StartsWith("forgive"));
        Assert.That(
            _ports.Events,
            Is.EqualTo([new Event(AuditEventType.SignInFailed, AuditOutcome.Failed, null, _userId, Device: "Tablet")])
        );
    }

    [Test]
    public async Task Looks_at_no_code_when_there_were_too_many_attempts()
    {
        _ports.Attempt = UserErrors.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(7) };

        Assert.That((await HandleAsync()).Error, Is.EqualTo(_ports.Attempt.Error));
        Assert.That(_ports.Steps, Has.None.StartsWith("use"));
    }

    [Test]
    public async Task Does_nothing_without_a_ticket_that_counts()
    {
        _factors.Ticket = null;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Is.Empty);
    }

    [TestCase(true, true)]
    [TestCase(false, false)]
    public async Task Looks_at_no_code_of_an_account_that_is_disabled_or_has_no_factor_any_more(
        bool isDisabled,
        bool isEnabled
    )
    {
        _ports.Credentials = _ports.Credentials! with { IsDisabled = isDisabled, MfaEnabled = isEnabled };

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Is.EqualTo(["find them", "take mfa of them", "audit SignInFailed", "save"]));
    }

    [Test]
    public async Task Records_nothing_of_an_account_that_is_gone()
    {
        _ports.Credentials = null;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Has.Count.EqualTo(1).And.All.StartsWith("find"));
    }

    [Test]
    public async Task Passes_on_what_saving_says_and_forgives_nothing()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
        Assert.That(_ports.Steps, Has.None.StartsWith("forgive"));
    }

    [TestCase("t", "123456", null, "")]
    [TestCase("t", " 123456 ", null, "")]
    [TestCase("t", null, "k7m2p-x4d9q", "")]
    [TestCase("", "123456", null, "mfaToken: required")]
    [TestCase(null, "123456", null, "mfaToken: required")]
    [TestCase("t", null, null, "code: required")]
    [TestCase("t", " ", null, "code: required")]
    [TestCase("t", null, " ", "code: required")]
    [TestCase("t", "12345", null, "code: invalid_format")]
    [TestCase("t", "1234567", null, "code: invalid_format")]
    [TestCase("t", "12345x", null, "code: invalid_format")]
    [TestCase("t", "123456", "k7m2p-x4d9q", "recoveryCode: not_allowed")]
    public void Needs_the_token_and_one_code(string? token, string? code, string? recoveryCode, string error) =>
        Assert.That(
            new VerifyMfaValidator().ErrorTextOf(new VerifyMfaCommand(token!, code, recoveryCode)),
            Is.EqualTo(error)
        );

    [TestCase(4096, 64, "")]
    [TestCase(4097, 65, "mfaToken: too_long, recoveryCode: too_long")]
    public void Checks_the_lengths(int token, int recoveryCode, string error) =>
        Assert.That(
            new VerifyMfaValidator().ErrorTextOf(
                new VerifyMfaCommand(new string('t', token), null, new string('c', recoveryCode))
            ),
            Is.EqualTo(error)
        );

    [TestCaseSource(nameof(BadNames))]
    public void No_member_takes(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            new VerifyMfaValidator().ErrorTextOf(new VerifyMfaCommand(bad, null, bad)),
            Is.EqualTo("mfaToken: invalid_format, recoveryCode: invalid_format")
        );
    }

    private Task<Result<TokensDto>> HandleAsync(string? code = "123456", string? recoveryCode = null)
    {
        var clock = new FakeTimeProvider(Given.Now.AddTicks(1234));
        var sessions = new Mock<ISessionRepository>();
        sessions
            .Setup(port => port.Add(It.IsAny<Session>()))
            .Callback(
                (Session session) =>
                {
                    _added = session;
                    _ports.Steps.Add("add session");
                }
            );
        sessions
            .Setup(port =>
                port.ListBeyondAsync(
                    It.IsAny<Guid>(),
                    It.IsAny<int>(),
                    It.IsAny<DateTimeOffset>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync([]);
        var tokens = new Mock<ISessionTokens>();
        tokens
            .Setup(port => port.Issue(It.IsAny<Session>(), Given.Now))
            .Returns(new IssuedTokens("access", TimeSpan.FromMinutes(15), "refresh"));
        return new VerifyMfaHandler(
            _factors,
            new CodeAttempts(_ports, _ports, _ports),
            _ports,
            _factors,
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
            _ports,
            _ports,
            clock
        ).Handle(new VerifyMfaCommand("the token", code, recoveryCode), CancellationToken.None);
    }
}
