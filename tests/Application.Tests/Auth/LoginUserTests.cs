using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>These tests cover what follows the correct password; <see cref="PasswordSignInTests"/> covers the password itself.</summary>
public sealed class LoginUserTests()
    : UseCaseTests(("Sessions:IdleDays", "5"), ("Sessions:AbsoluteDays", "20"), ("Sessions:MaxPerUser", "3"))
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignUp() => _account = await SignUpAsync();

    [Test]
    public async Task Starts_a_session_with_its_properties_and_returns_its_tokens()
    {
        var tokens = (await LoginAsync()).Value!;

        var session = (await Records.SessionsAsync(_account.UserId)).Single();
        Assert.That(
            (session.Id, session.Device, session.IpAddress, session.CreatedAt, session.ExpiresAt),
            Is.EqualTo((tokens.SessionId, "Tablet", Server.Caller.IpAddress, Given.Now, Given.Now.AddDays(5)))
        );
        Assert.That(
            (tokens.TokenType, tokens.ExpiresIn, tokens.RefreshTokenExpiresAt),
            Is.EqualTo(("Bearer", 900, Given.Now.AddDays(5)))
        );
        Assert.That(
            Server.Get<ISessionTokens>().Read(tokens.RefreshToken),
            Is.EqualTo(new RefreshClaim(session.Id, 0))
        );
    }

    [Test]
    public async Task Records_the_user_the_session_and_the_device()
    {
        var tokens = (await LoginAsync()).Value!;

        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([SignedIn(tokens.SessionId)]));
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task Sends_one_mail_about_a_new_device_but_not_about_the_first()
    {
        await LoginAsync("Phone");
        await LoginAsync();
        await LoginAsync();

        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That((mail.Kind, mail.Address), Is.EqualTo((MailKind.NewDevice, (string?)null)));
        Assert.That(
            mail.Data,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["at"] = "2026-03-14T15:09:26.5350000+00:00",
                    ["device"] = "Tablet",
                    ["ipAddress"] = Server.Caller.IpAddress!,
                }
            )
        );
    }

    [Test]
    public async Task A_named_device_is_recognized_on_any_network()
    {
        await LoginAsync("Phone");
        foreach (var address in (string[])["192.0.2.1", "2001:db8:7::1", "198.51.100.2"])
        {
            Server.Caller.IpAddress = address;
            await LoginAsync("Phone");
        }

        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }

    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", true)]
    public async Task A_device_without_a_name_is_recognized_by_its_network(string first, string second, bool isNew)
    {
        Server.Caller.IpAddress = first;
        await SendAsync(new LoginUserCommand(_account.Username, Password));
        Server.Caller.IpAddress = second;
        await SendAsync(new LoginUserCommand(_account.Username, Password, "  "));

        Assert.That((await Records.MailsAsync(_account.UserId)).Count, Is.EqualTo(isNew ? 1 : 0));
    }

    [Test]
    public async Task Sends_the_mail_about_a_new_device_to_an_unconfirmed_address_too()
    {
        _account = await SignUpAsync(isConfirmed: false);
        await LoginAsync("Phone");

        Assert.That((await LoginAsync()).Error, Is.Null);

        Assert.That((await Records.MailsAsync(_account.UserId)).Single().Kind, Is.EqualTo(MailKind.NewDevice));
    }

    [Test]
    public async Task Stores_and_returns_nothing_when_the_session_cannot_be_saved()
    {
        await LoginAsync("Phone");
        var before = await RecordedAsync(_account.UserId);
        Saves.Refusal = Given.Failure;

        var result = await LoginAsync();

        Assert.That((result.Error, result.Value), Is.EqualTo((Given.Failure, (TokensDto?)null)));
        Assert.That(await Records.SessionsAsync(_account.UserId), Has.Count.EqualTo(1));
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo(before));
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Stores_a_stronger_hash_in_the_same_save_as_the_session()
    {
        await using var former = TestRun.Database.Start(("Accounts:PasswordIterations", "500"));
        var weak = (await Records.AccountAsync((await former.SignUpAsync(Password)).Id))!;

        Saves.Refusal = Given.Failure;
        await SendAsync(new LoginUserCommand(weak.Username, Password));
        Assert.That((await Records.AccountAsync(weak.UserId))!.PasswordHash, Is.EqualTo(weak.PasswordHash));

        Saves.Refusal = null;
        Assert.That((await SendAsync(new LoginUserCommand(weak.Username, Password))).Error, Is.Null);
        var stored = (await Records.AccountAsync(weak.UserId))!.PasswordHash;
        Assert.That(
            (await Hashing.VerifyAsync(stored, Password, default)).Value,
            Is.EqualTo(PasswordVerification.Success)
        );
    }

    [Test]
    public async Task Starts_no_session_after_a_wrong_password()
    {
        await FailsAsync(new LoginUserCommand(_account.Username, "wrong"), "invalid_credentials");

        Assert.That(await Records.SessionsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Ends_the_oldest_sessions_beyond_the_limit_and_records_it()
    {
        List<Guid> sessions = [];
        for (var i = 0; i < 4; i++)
        {
            sessions.Add((await LoginAsync()).Value!.SessionId);
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var stored = await Records.SessionsAsync(_account.UserId);
        Assert.That(
            stored.Select(session => (session.Id, session.RevokedReason)),
            Is.EqualTo(sessions.Select((id, i) => (id, i == 0 ? SessionEnd.TooMany : (SessionEnd?)null)))
        );
        Assert.That(
            await RecordedAsync(_account.UserId),
            Has.Exactly(1).EqualTo(SignedIn(sessions[0]) with { Type = AuditEventType.SessionEnded })
        );
    }

    [TestCase(true, new[] { "totp", "recoveryCode" })]
    [TestCase(false, new[] { "totp" })]
    public async Task Requires_an_enabled_second_factor_and_starts_no_session_yet(
        bool hasRecoveryCodes,
        string[] methods
    )
    {
        var (_, codes) = await EnableMfaAsync(_account.UserId);
        foreach (var code in hasRecoveryCodes ? [] : codes)
        {
            await SaveAsync(
                (IMfaRepository factors) => factors.TryUseAsync(_account.UserId, new MfaCode(null, code), Now, default)
            );
        }

        var error = (await LoginAsync()).Error!;

        Assert.That(error with { Details = null }, Is.EqualTo(MfaErrors.MfaRequired));
        Assert.That(error.Details!["methods"], Is.EqualTo(methods));
        Assert.That(error.Details["challengeToken"], Is.Not.Empty);
        Assert.That(await Records.SessionsAsync(_account.UserId), Is.Empty);
        var recorded = new RecordedEvent(
            AuditEventType.MfaRequired,
            AuditOutcome.Failed,
            null,
            _account.UserId,
            Device: "Tablet"
        );
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([recorded]));
        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That(
            (mail.Kind, mail.NextAttemptAt),
            Is.EqualTo((MailKind.SignInNotCompleted, Now + ChallengeToken.Lifetime))
        );
    }

    [Test]
    public async Task Records_the_sign_in_method()
    {
        await LoginAsync();
        var (app, recoveryCodes) = await EnableMfaAsync(_account.UserId);
        await SendAsync(new VerifyMfaCommand(await ChallengeTokenAsync(_account), app.Code()));
        await SendAsync(new VerifyMfaCommand(await ChallengeTokenAsync(_account), RecoveryCode: recoveryCodes[0]));

        Assert.That(
            (await Records.EventsAsync(_account.UserId)).Select(recorded => recorded.Method).OfType<SignInMethod>(),
            Is.EquivalentTo([SignInMethod.Password, SignInMethod.Totp, SignInMethod.RecoveryCode])
        );
    }

    private RecordedEvent SignedIn(Guid sessionId) =>
        RecordedEvent.Of(AuditEventType.SignedIn, _account.UserId, sessionId, "Tablet");

    private Task<Result<TokensDto>> LoginAsync(string device = "Tablet") =>
        SendAsync(new LoginUserCommand(_account.Username, Password, device));
}
