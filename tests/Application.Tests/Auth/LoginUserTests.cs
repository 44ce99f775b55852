using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>What follows on the right password; the password itself is in <see cref="PasswordSignInTests"/>.</summary>
public sealed class LoginUserTests
{
    private static readonly LoginUserCommand Command = new("nikolas", "correct horse battery", "Tablet");
    private static readonly IssuedTokens Tokens = new("access", TimeSpan.FromMinutes(15), "refresh");

    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly Mock<ISessionTokens> _tokens = new();
    private readonly List<Session> _beyond = [];
    private Session? _added;
    private readonly Factors _factors;
    private bool _isNewDevice;

    public LoginUserTests() => _factors = new Factors(_ports);

    [Test]
    public async Task Adds_the_session_saves_and_only_then_makes_room_for_it()
    {
        await HandleAsync();

        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "take nikolas",
                "find nikolas",
                "verify correct horse battery with stored hash",
                "forgive nikolas",
                "add session",
                "audit SignedIn",
                "save",
                "keep 3 sessions",
            ])
        );
    }

    [Test]
    public async Task Starts_a_session_with_owner_device_address_and_lifetime()
    {
        await HandleAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_added!.OwnerId, Is.EqualTo(_ports.Credentials!.UserId));
            Assert.That(_added.Device, Is.EqualTo("Tablet"));
            Assert.That(_added.IpAddress, Is.EqualTo(Given.IpAddress));
            Assert.That(_added.CreatedAt, Is.EqualTo(Given.Now));
            Assert.That(_added.ExpiresAt, Is.EqualTo(Given.Now.AddDays(5)));
        }
    }

    [Test]
    public async Task Answers_with_the_tokens_of_that_session()
    {
        var result = await HandleAsync();

        var expected = new TokensDto("Bearer", "access", 900, "refresh", _added!.ExpiresAt, _added.Id);
        Assert.That(result.Value, Is.EqualTo(expected));
    }

    [Test]
    public async Task Tells_the_audit_trail_of_user_session_and_device()
    {
        await HandleAsync();

        var user = _ports.Credentials!.UserId;
        Assert.That(
            _ports.Events,
            Is.EqualTo([new Event(AuditEventType.SignedIn, AuditOutcome.Succeeded, user, user, _added!.Id, "Tablet")])
        );
    }

    [Test]
    public async Task Mails_of_a_new_device_together_with_the_session()
    {
        _isNewDevice = true;

        await HandleAsync();

        var mail = _ports.Mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.NewDevice, (Guid?)_ports.Credentials!.UserId, (string?)null, Given.Now))
        );
        Assert.That(
            mail.Data,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["at"] = "Saturday, 14 March 2026, 15:09 (UTC)",
                    ["device"] = "Tablet",
                    ["ipAddress"] = Given.IpAddress,
                }
            )
        );
        Assert.That(_ports.Steps, Has.Exactly(1).EqualTo("save"));
    }

    [TestCase(false, true, TestName = "Mails nothing of a device that was seen before")]
    [TestCase(true, false, TestName = "Mails nothing of a new device to an address that is not confirmed")]
    public async Task Mails_nothing(bool isNewDevice, bool isConfirmed)
    {
        _isNewDevice = isNewDevice;
        _ports.Credentials = _ports.Credentials! with { EmailConfirmed = isConfirmed };

        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_ports.Mails, Is.Empty);
    }

    [Test]
    public async Task Mails_nothing_of_a_sign_in_that_is_not_saved()
    {
        _isNewDevice = true;
        _ports.Saved = Given.Failure;

        await HandleAsync();

        Assert.That(_ports.Mails, Is.Empty);
    }

    [Test]
    public async Task Stores_a_stronger_hash_together_with_the_session()
    {
        _ports.Verdict = PasswordVerdict.RightButWeaklyHashed;

        await HandleAsync();

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(PasswordHash: "new hash")]));
        Assert.That(_ports.Steps.IndexOf("change them"), Is.InRange(0, _ports.Steps.IndexOf("save") - 1));
        Assert.That(_ports.Steps, Has.Exactly(1).EqualTo("save"));
    }

    [Test]
    public async Task Starts_nothing_after_a_wrong_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.InvalidCredentials));
        Assert.That(_added, Is.Null);
        _tokens.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Issues_no_tokens_and_ends_no_session_for_one_that_is_not_saved()
    {
        _ports.Saved = Given.Failure;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_ports.Steps, Has.None.StartsWith("keep"));
        _tokens.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Ends_the_sessions_for_which_there_is_no_room_and_says_so_in_the_trail()
    {
        var user = _ports.Credentials!.UserId;
        _beyond.AddRange([Given.Session(user, "Old phone"), Given.Session(user, "Older phone")]);

        Assert.That((await HandleAsync()).IsSuccess, Is.True);

        Assert.That(_beyond.Select(session => session.RevokedReason), Is.All.EqualTo(SessionEnd.TooMany));
        Assert.That(_beyond.Select(session => session.RevokedAt), Is.All.EqualTo(Given.Now));
        Assert.That(
            _ports.Events.Skip(1),
            Is.EqualTo(
                _beyond.Select(session => new Event(
                    AuditEventType.SessionEnded,
                    AuditOutcome.Succeeded,
                    user,
                    user,
                    session.Id,
                    session.Device
                ))
            )
        );
        Assert.That(_ports.Steps, Has.Exactly(2).EqualTo("save"));
    }

    [TestCase(7, new[] { "totp", "recoveryCode" })]
    [TestCase(0, new[] { "totp" })]
    public async Task Asks_for_the_second_factor_where_there_is_one(int codesLeft, string[] methods)
    {
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = true };
        _factors.State = new SecondFactor(true, Given.Now, codesLeft);

        var error = (await HandleAsync()).Error!;

        Assert.That(error with { Details = null }, Is.EqualTo(UserErrors.MfaRequired));
        Assert.That(error.Details!["mfaToken"], Is.EqualTo(Factors.IssuedTicket));
        Assert.That(error.Details["methods"], Is.EqualTo(methods));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "take nikolas",
                "find nikolas",
                "verify correct horse battery with stored hash",
                "forgive nikolas",
                $"issue SignInCode with Tablet at {Given.Now:O} to them",
                "save",
            ])
        );
        Assert.That(_added, Is.Null);
    }

    [Test]
    public async Task Gives_no_ticket_that_is_not_saved()
    {
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = true };
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result<TokensDto>> HandleAsync()
    {
        var clock = new FakeTimeProvider(Given.Now.AddTicks(1234));
        _tokens.Setup(port => port.Issue(It.Is<Session>(session => session == _added), Given.Now)).Returns(Tokens);
        return new LoginUserHandler(
            new PasswordSignIn(
                _ports,
                _ports,
                _ports,
                new SignInGate(new LoginOptions(), new RegistrationOptions(), _ports, _ports, _ports, clock)
            ),
            new MfaRequest(_factors, _factors, _ports, clock),
            new SessionStart(
                new SessionOptions
                {
                    IdleDays = 5,
                    AbsoluteDays = 20,
                    MaxPerUser = 3,
                },
                Sessions(),
                _tokens.Object,
                _ports,
                _ports,
                _ports,
                _ports,
                clock
            )
        ).Handle(Command, CancellationToken.None);
    }

    private ISessionRepository Sessions()
    {
        var sessions = new Mock<ISessionRepository>(MockBehavior.Strict);
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
                port.ListBeyondAsync(_ports.Credentials!.UserId, It.IsAny<int>(), Given.Now, CancellationToken.None)
            )
            .Callback(
                (Guid _, int keep, DateTimeOffset _, CancellationToken _) => _ports.Steps.Add($"keep {keep} sessions")
            )
            .ReturnsAsync(_beyond);
        sessions
            .Setup(port =>
                port.IsNewDeviceAsync(_ports.Credentials!.UserId, "Tablet", Given.IpAddress, CancellationToken.None)
            )
            .ReturnsAsync(() => _isNewDevice && _added is null);
        return sessions.Object;
    }
}
