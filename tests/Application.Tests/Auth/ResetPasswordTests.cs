using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ResetPasswordTests
{
    private const string Address = "kern@example.com";
    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly MailedTokens _tokens;
    private readonly StoredSessions _sessions;
    private readonly Guid _userId;
    private readonly Session _phone;
    private readonly Session _tablet;

    public ResetPasswordTests()
    {
        _userId = _ports.Credentials!.UserId;
        _tokens = new MailedTokens(_ports, AccountTokenPurpose.ResetPassword)
        {
            Claim = new AccountTokenClaim(_userId, Address),
        };
        _sessions = new StoredSessions(_ports);
        _phone = _sessions.Store(Given.Session(_userId, "Phone", Given.Now.AddHours(-1)));
        _tablet = _sessions.Store(Given.Session(_userId, "Tablet", Given.Now.AddHours(-2)));
    }

    [Test]
    public async Task Redeems_judges_and_hashes_before_it_changes_anything_and_saves_once()
    {
        Assert.That((await ResetAsync()).IsSuccess, Is.True);

        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "redeem",
                "find them",
                "estimate correct horse battery",
                "hash correct horse battery",
                "change them",
                "audit SessionEnded",
                "audit SessionEnded",
                $"forget them, nikolas, {Address}",
                "withdraw tickets of them",
                "mail PasswordChanged",
                "audit PasswordReset",
                "save",
            ])
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Confirms_the_address_with_it_so_that_no_other_one_is_pending_any_more(bool isConfirmed)
    {
        _ports.Credentials = _ports.Credentials! with { EmailConfirmed = isConfirmed };

        await ResetAsync();

        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(PasswordHash: "new hash", ConfirmedEmail: Address)]));
    }

    [Test]
    public async Task Signs_all_devices_out_and_tells_the_audit_trail()
    {
        await ResetAsync();

        Assert.That(_sessions.Row(_phone).RevokedReason, Is.EqualTo(SessionEnd.PasswordReset));
        Assert.That(_sessions.Row(_tablet).RevokedReason, Is.EqualTo(SessionEnd.PasswordReset));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                Told(AuditEventType.SessionEnded) with
                {
                    SessionId = _phone.Id,
                    Device = "Phone",
                },
                Told(AuditEventType.SessionEnded) with
                {
                    SessionId = _tablet.Id,
                    Device = "Tablet",
                },
                Told(AuditEventType.PasswordReset),
            ])
        );
    }

    [Test]
    public async Task Tells_the_user_by_mail()
    {
        await ResetAsync();

        var mail = _ports.Mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.PasswordChanged, (Guid?)_userId, (string?)null, Given.Now))
        );
    }

    [Test]
    public async Task Takes_the_address_in_any_case() =>
        Assert.That((await ResetAsync(email: " KERN@Example.com ")).IsSuccess, Is.True);

    [Test]
    public async Task Refuses_a_token_that_does_not_work()
    {
        _tokens.Claim = null;

        await FailsWith("token_invalid_or_expired");
        Assert.That(_ports.Steps, Is.EqualTo(["redeem"]));
    }

    [Test]
    public async Task Refuses_a_token_that_was_sent_to_another_address()
    {
        await FailsWith("token_invalid_or_expired", email: "another@example.com");
        Assert.That(_ports.Steps, Is.EqualTo(["redeem"]));
    }

    [Test]
    public async Task Refuses_when_the_account_is_gone()
    {
        _ports.Credentials = null;

        await FailsWith("token_invalid_or_expired");
    }

    [Test]
    public async Task Refuses_when_the_account_is_disabled()
    {
        _ports.Credentials = _ports.Credentials! with { IsDisabled = true };

        await FailsWith("token_invalid_or_expired");
    }

    [Test]
    public async Task Refuses_when_the_account_has_another_address_meanwhile()
    {
        _ports.Credentials = _ports.Credentials! with { Email = "new@example.com" };

        await FailsWith("token_invalid_or_expired");
    }

    [TestCase("correct horse battery", 2, "too_weak")]
    [TestCase("short", 4, "too_short")]
    [TestCase("nikolas likes horses", 4, "contains_identity")]
    [TestCase("kern@example likes", 4, "contains_identity")]
    public async Task Hashes_no_password_that_the_policy_refuses(string newPassword, int score, string reason)
    {
        _ports.Estimate = new PasswordEstimate(score, []);

        var error = await FailsWith("password_rejected", newPassword);

        Assert.That(error.Details!["reasons"], Is.EqualTo([reason]));
        Assert.That(_ports.Steps, Has.None.StartsWith("hash"));
    }

    [Test]
    public async Task Changes_nothing_when_the_password_cannot_be_estimated_now()
    {
        _ports.Estimate = CommonErrors.ServiceUnavailable;

        await FailsWith("service_unavailable");
    }

    [Test]
    public async Task Changes_nothing_when_the_password_cannot_be_hashed_now()
    {
        _ports.Hash = CommonErrors.ServiceUnavailable;

        await FailsWith("service_unavailable");
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = UserErrors.TokenInvalidOrExpired;

        Assert.That((await ResetAsync()).Error, Is.EqualTo(UserErrors.TokenInvalidOrExpired));
        Assert.That(_sessions.Row(_phone).RevokedAt, Is.Null);
        Assert.That((_ports.Mails.Count, _ports.Events.Count), Is.EqualTo((0, 0)));
    }

    [TestCase("a@b.c", "x", "y", "")]
    [TestCase(null, null, null, "email: required, token: required, newPassword: required")]
    [TestCase(" ", "", " ", "email: required, token: required, newPassword: required")]
    [TestCase("a@localhost", "x", "y", "email: invalid_format")]
    public void Needs_address_token_and_password(string? email, string? token, string? newPassword, string errors) =>
        Assert.That(Errors(email, token, newPassword), Is.EqualTo(errors));

    [TestCase(4096, "")]
    [TestCase(4097, "token: too_long")]
    public void Looks_at_no_token_that_is_too_long(int length, string errors) =>
        Assert.That(Errors(Address, new string('t', length), "y"), Is.EqualTo(errors));

    [TestCaseSource(nameof(BadNames))]
    public void No_member_holds(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            Errors($"{bad}@example.com", bad, bad),
            Is.EqualTo("email: invalid_format, token: invalid_format, newPassword: invalid_format")
        );
    }

    private static string Errors(string? email, string? token, string? newPassword) =>
        new ResetPasswordValidator().ErrorTextOf(new ResetPasswordCommand(email!, token!, newPassword!));

    private Told Told(AuditEventType type) => new(type, AuditOutcome.Succeeded, _userId, _userId);

    private async Task<Error> FailsWith(
        string code,
        string newPassword = "correct horse battery",
        string email = Address
    )
    {
        var result = await ResetAsync(newPassword, email);

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(_ports.Changes, Is.Empty);
        Assert.That(_ports.Steps, Has.None.EqualTo("save"), "The token is not used up.");
        return result.Error!;
    }

    private Task<Result> ResetAsync(string newPassword = "correct horse battery", string email = Address)
    {
        var clock = new FakeTimeProvider(Given.Now.AddTicks(1234));
        return new ResetPasswordHandler(
            _tokens,
            new PasswordPolicy(new PasswordPolicyOptions(), _ports),
            _ports,
            new PasswordReset(_ports, _sessions, _ports, new Factors(_ports), _ports, _ports, _ports, _sessions, clock),
            _ports,
            clock
        ).Handle(new ResetPasswordCommand(email, MailedTokens.Token, newPassword), CancellationToken.None);
    }
}
