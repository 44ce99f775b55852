using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Guests;

public sealed class RegisterGuestTests() : UseCaseTests(("Accounts:Guests", "true"))
{
    private readonly string _name = Instance.NewName();
    private Credentials _guest = null!;

    private RegisterGuestCommand Command => new(_name, $"{_name}@example.org", Password);

    [SetUp]
    public async Task StartGuest() => (_guest, _) = await StartGuestAsync();

    [Test]
    public async Task Stores_the_member_the_mail_and_the_event_in_one_save()
    {
        Server.Clock.Advance(TimeSpan.FromDays(1));
        var (session, before) = (Server.Caller.Session!, Saves.Count);

        var user = (await SendAsync(Command)).Value!;

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        Assert.That((user.Id, user.Kind, user.Username), Is.EqualTo((_guest.UserId, AccountKind.Member, _name)));
        var account = (await Records.AccountAsync(_guest.UserId))!;
        Assert.That(account.IsGuest, Is.False);
        Assert.That(account.SecurityStamp, Is.Not.EqualTo(_guest.SecurityStamp));
        Assert.That(account.PasswordHash, Is.Not.Null.And.Not.Contain(Password));
        var mail = (await Records.MailsAsync(_guest.UserId)).Single();
        Assert.That((mail.Kind, mail.CreatedAt), Is.EqualTo((MailKind.ConfirmEmail, Now)));
        Assert.That(
            (await RecordedAsync(_guest.UserId))[^1],
            Is.EqualTo(RecordedEvent.Of(AuditEventType.Registered, _guest.UserId, session.Id, session.Device))
        );
        Assert.That((await SessionAsync(session)).AuthenticatedAt, Is.EqualTo(Now));
    }

    [Test]
    public async Task Hashes_no_password_for_a_member()
    {
        await SignInNewUserAsync();
        var hashed = Hashing.Hashed;

        await FailsAsync(Command, "state_conflict");

        Assert.That(Hashing.Hashed, Is.EqualTo(hashed));
    }

    [Test]
    public async Task The_policy_compares_the_password_with_the_name_of_the_member()
    {
        var refused = await FailsAsync(Command with { Password = $"{_name}-{_name}" }, "password_rejected");

        Assert.That(refused.Details!["reasons"], Does.Contain("contains_identity"));
    }

    [Test]
    public async Task Says_so_when_all_threads_hash()
    {
        Hashing.IsFull = true;

        await FailsAsync(Command, "service_unavailable");

        Assert.That((await Records.AccountAsync(_guest.UserId))!.IsGuest, Is.True);
    }

    [TestCase("registered", "state_conflict")]
    [TestCase("signed out", "session_revoked")]
    [TestCase("deleted", "session_revoked")]
    public async Task Registers_no_guest_who_is_another_or_gone_by_the_save(string what, string code)
    {
        Saves.BeforeNextSave = what switch
        {
            "registered" => () => ChangeAsync(_guest.UserId, row => row.BecomeMember(Instance.NewName())),
            "signed out" => () =>
                SaveAsync(
                    (ISessionRepository sessions) => sessions.RevokeAll(_guest.UserId, SessionEnd.SignedOut, Now)
                ),
            _ => () => ChangeAsync(_guest.UserId, row => row.Delete(Now)),
        };

        await FailsAsync(Command, code);

        Assert.That(await Records.AccountAsync(_name), Is.Null);
        Assert.That(await Records.MailsAsync(_guest.UserId), Is.Empty);
    }

    [Test]
    public async Task A_session_that_a_member_has_begun_as_a_guest_does_not_outlive_the_lifetimes_of_members()
    {
        // Members come back within thirty days, and guests within a hundred.
        await using var server = TestRun.Database.Start(("Accounts:Guests", "true"), ("Accounts:GuestDays", "100"));
        server.Clock.SetUtcNow(Given.Now);
        var tokens = (await server.SendAsync(new StartGuestCommand(Guid.NewGuid()))).Value!;
        server.Caller.Session = await server.UseAsync(
            (ISessionRepository sessions) => sessions.FindAsync(tokens.SessionId, default)
        );
        Assert.That((await server.SendAsync(Command)).Error, Is.Null);

        server.Clock.Advance(TimeSpan.FromDays(30));
        var late = await server.SendAsync(new RefreshTokensCommand(tokens.RefreshToken));

        Assert.That(late.Error?.Code, Is.EqualTo("refresh_token_invalid"));
    }

    [TestCase("ann", "ann@example.org", "x", "")]
    [TestCase(" ann ", " ann@example.org ", " x ", "")]
    [TestCase("", "", "", "username: required, email: required, password: required")]
    [TestCase(null, null, null, "username: required, email: required, password: required")]
    [TestCase("ab", "a", "x", "username: too_short, email: invalid_format")]
    [TestCase("admin", "a@localhost", "x", "username: not_allowed, email: invalid_format")]
    [TestCase("a b", "a@b.c", "a\0b", "username: invalid_format, password: invalid_format")]
    public void Checks_each_member(string? username, string? email, string? password, string errors) =>
        Assert.That(
            new RegisterGuestValidator().ErrorTextOf(new RegisterGuestCommand(username!, email!, password!)),
            Is.EqualTo(errors)
        );

    [TestCase(30, 254, "")]
    [TestCase(31, 255, "username: too_long, email: too_long")]
    public void Limits_the_length_of_each_member(int username, int email, string errors)
    {
        var domain = string.Concat(Enumerable.Repeat(new string('d', 62) + ".", 5));
        var address = $"ann@{domain}"[..(email - 1)] + "d";

        Assert.That(
            new RegisterGuestValidator().ErrorTextOf(
                new RegisterGuestCommand(new string('a', username), address, Password)
            ),
            Is.EqualTo(errors)
        );
    }
}
