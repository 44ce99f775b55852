using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Users;

public sealed class ChangePasswordTests
{
    private static readonly string[] Confirmed = ["take me", "find me", "verify old with stored hash", "forgive me"];
    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    private readonly Ports _ports = new();
    private readonly StoredSessions _sessions;
    private readonly Session _asking;
    private readonly Session _other;

    public ChangePasswordTests()
    {
        _sessions = new StoredSessions(_ports);
        _asking = _sessions.Store(Given.Session(_ports.Id, "Pixel 9"));
        _other = _sessions.Store(Given.Session(_ports.Id, "Tablet"));
        _ports.SessionId = _asking.Id;
    }

    [Test]
    public async Task Confirms_judges_and_hashes_before_it_changes_anything_and_saves_once()
    {
        var result = await ChangeAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(PasswordHash: "new hash", DropsPendingEmail: true)]));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                .. Confirmed,
                "estimate correct horse battery",
                "hash correct horse battery",
                "change me",
                "audit SessionEnded",
                "withdraw tickets of me",
                "mail PasswordChanged",
                "audit PasswordChanged",
                "save",
            ])
        );
    }

    [Test]
    public async Task Ends_the_other_sessions_and_tells_the_audit_trail()
    {
        await ChangeAsync();

        var me = _ports.Id;
        Assert.That(_sessions.Row(_asking).RevokedAt, Is.Null);
        Assert.That(_sessions.Row(_other).RevokedReason, Is.EqualTo(SessionEnd.PasswordChanged));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(AuditEventType.SessionEnded, AuditOutcome.Succeeded, me, me, _other.Id, "Tablet"),
                new Event(AuditEventType.PasswordChanged, AuditOutcome.Succeeded, me, me, _asking.Id),
            ])
        );
    }

    [Test]
    public async Task Tells_the_user_by_mail()
    {
        await ChangeAsync();

        var mail = _ports.Mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.PasswordChanged, (Guid?)_ports.Id, (string?)null, Given.Now))
        );
        Assert.That(mail.Data["at"], Is.EqualTo("Saturday, 14 March 2026, 15:09 (UTC)"));
    }

    [Test]
    public async Task Judges_no_new_password_without_the_current_one()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        await FailsWith("reauthentication_failed");

        Assert.That(_ports.Steps, Has.None.StartsWith("estimate"));
    }

    [TestCase("correct horse battery", 2, "too_weak")]
    [TestCase("short", 4, "too_short")]
    [TestCase("nikolas likes horses", 4, "contains_identity")]
    [TestCase("kern@example likes", 4, "contains_identity")]
    public async Task Hashes_no_password_that_the_policy_refuses(string newPassword, int score, string reason)
    {
        _ports.Estimate = new PasswordEstimate(score, []);

        var error = await FailsWith("password_rejected", newPassword: newPassword);

        Assert.That(error.Details!["reasons"], Is.EqualTo([reason]));
        Assert.That(_ports.Steps, Has.None.StartsWith("hash"));
    }

    [Test]
    public async Task Takes_no_new_password_that_is_the_old_one()
    {
        var error = await FailsWith("password_rejected", "correct horse battery");

        Assert.That(error.Details!["reasons"], Is.EqualTo(["same_as_old"]));
    }

    [Test]
    public async Task Changes_nothing_when_the_new_password_cannot_be_estimated_now()
    {
        _ports.Estimate = CommonErrors.ServiceUnavailable;

        await FailsWith("service_unavailable");
    }

    [Test]
    public async Task Changes_nothing_when_the_new_password_cannot_be_hashed_now()
    {
        _ports.Hash = CommonErrors.ServiceUnavailable;

        await FailsWith("service_unavailable");
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        var result = await ChangeAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_sessions.Row(_other).RevokedAt, Is.Null);
    }

    [TestCase("x", "y", "")]
    [TestCase(null, null, "currentPassword: required, newPassword: required")]
    [TestCase("", " ", "currentPassword: required, newPassword: required")]
    public void Needs_both_passwords(string? current, string? next, string errors) =>
        Assert.That(Errors(current, next), Is.EqualTo(errors));

    [TestCaseSource(nameof(BadNames))]
    public void No_password_holds(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(Errors(bad, bad), Is.EqualTo("currentPassword: invalid_format, newPassword: invalid_format"));
    }

    private static string Errors(string? current, string? next) =>
        new ChangePasswordValidator().ErrorTextOf(new ChangePasswordCommand(current!, next!));

    private async Task<Error> FailsWith(
        string code,
        string currentPassword = "old",
        string newPassword = "correct horse battery"
    )
    {
        var result = await ChangeAsync(currentPassword, newPassword);

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(_ports.Changes, Is.Empty);
        Assert.That(_ports.Mails, Is.Empty);
        Assert.That(_sessions.Row(_other).RevokedAt, Is.Null);
        return result.Error!;
    }

    private Task<Result> ChangeAsync(string currentPassword = "old", string newPassword = "correct horse battery")
    {
        var clock = Given.Clock();
        return new ChangePasswordHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _sessions, clock),
            new PasswordPolicy(new PasswordPolicyOptions(), _ports),
            _ports,
            _ports,
            new OtherSessions(_ports, _sessions, _ports, _ports, clock),
            new Factors(_ports),
            _ports,
            _ports,
            _ports,
            _sessions,
            clock
        ).Handle(new ChangePasswordCommand(currentPassword, newPassword), CancellationToken.None);
    }
}
