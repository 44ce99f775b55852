using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class LoginPasskeyTests() : PasskeyTests(("Accounts:RequireConfirmedEmail", "true"))
{
    private LoginPasskeyCommand _answer = null!;

    /// <summary>The user has a passkey; the sign-in names no user.</summary>
    [SetUp]
    public async Task Answer()
    {
        await AddAsync();
        Server.Caller.Session = null;
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        _answer = await Server.AuthenticationAsync(Authenticator, "Tablet");
    }

    [Test]
    public async Task Starts_a_session_for_the_owner_of_the_passkey_in_one_save()
    {
        var before = Saves.Count;

        var tokens = (await SendAsync(_answer)).Value!;

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        var session = (await Records.SessionsAsync(Account.UserId))[^1];
        Assert.That((session.Id, session.Device, session.CreatedAt), Is.EqualTo((tokens.SessionId, "Tablet", Now)));
        Assert.That(
            Server.Get<ISessionTokens>().Read(tokens.RefreshToken),
            Is.EqualTo(new RefreshClaim(session.Id, 0))
        );
        Assert.That(await LastRecordedAsync(), Is.EqualTo(SignedIn(session.Id)));
    }

    [Test]
    public async Task Does_not_ask_for_a_second_factor()
    {
        await EnableMfaAsync(Account.UserId);

        Assert.That((await SendAsync(_answer)).Error, Is.Null);
    }

    [Test]
    public async Task Accepts_a_challenge_token_only_once_and_records_a_second_use()
    {
        var tokens = (await SendAsync(_answer)).Value!;

        await FailsAsync(_answer, PasskeyErrors.PasskeyInvalid.Code);

        Assert.That(
            (await RecordedAsync(Account.UserId)).TakeLast(2),
            Is.EquivalentTo([
                SignedIn(tokens.SessionId),
                new RecordedEvent(
                    AuditEventType.SignInFailed,
                    AuditOutcome.Failed,
                    null,
                    Account.UserId,
                    Device: "Tablet"
                ),
            ])
        );
        Assert.That(await Records.SessionsAsync(Account.UserId), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Refuses_and_records_a_challenge_token_that_is_unknown_or_for_another_purpose()
    {
        var toAdd = "";
        await SaveAsync(
            (IChallengeTokens challengeTokens) =>
                toAdd = challengeTokens.Issue(ChallengePurpose.NewPasskey, Account.UserId, "state", Now).Text
        );
        foreach (var challengeToken in new[] { "other", toAdd })
        {
            await FailsAsync(_answer with { ChallengeToken = challengeToken }, PasskeyErrors.PasskeyInvalid.Code);
        }

        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(null), Refused(null)]));
        Assert.That(await Records.SessionsAsync(Account.UserId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Refuses_an_invalid_response_and_keeps_the_challenge_token()
    {
        await FailsAsync(_answer with { Credential = Credential }, PasskeyErrors.PasskeyInvalid.Code);

        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(null)]));
        Assert.That((await SendAsync(_answer)).Error, Is.Null);
    }

    [Test]
    public async Task Refuses_when_the_account_was_deleted()
    {
        await RemoveAccountAsync();

        await FailsAsync(_answer, PasskeyErrors.PasskeyInvalid.Code);

        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(null)]));
    }

    // The passkey is read once to verify the response and once to store its use.
    [TestCase(1, true)]
    [TestCase(2, true)]
    [TestCase(1, false)]
    [TestCase(2, false)]
    public async Task Refuses_when_the_account_or_the_passkey_is_deleted_after_it_was_read(int reads, bool isAccount)
    {
        Server.Commands.OnceAfter(
            command => Commands.Names(command, "Passkeys") && --reads == 0,
            isAccount ? RemoveAccountAsync : RemovePasskeysAsync
        );

        await FailsAsync(_answer, PasskeyErrors.PasskeyInvalid.Code);

        Assert.That(await Records.AccountAsync(Account.UserId) is null, Is.EqualTo(isAccount));
        Assert.That(await RefusedAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Refuses_when_the_passkey_is_removed_before_the_session_is_saved()
    {
        Saves.BeforeNextSave = RemovePasskeysAsync;

        await FailsAsync(_answer, PasskeyErrors.PasskeyInvalid.Code);

        Assert.That(await Records.SessionsAsync(Account.UserId), Has.Count.EqualTo(1));
    }

    [TestCase(true, "account_disabled")]
    [TestCase(false, "email_not_confirmed")]
    public async Task Tells_the_owner_of_the_passkey_the_reason_and_uses_up_the_challenge_token(
        bool isDisabled,
        string code
    )
    {
        if (isDisabled)
        {
            await ChangeAsync(Account.UserId, row => row.Disable(Now));
        }
        else
        {
            await SaveAsync((IPasskeys passkeys) => passkeys.RemoveAsync(Account.UserId, id: null, default));
            Account = await SignUpAsync(isConfirmed: false);
            Server.Caller.Session = await Server.SignInAsync(Account.UserId);
            await Answer();
        }

        await FailsAsync(_answer, code);

        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(Account.UserId)]));
        Assert.That(await Records.SessionsAsync(Account.UserId), Has.Count.EqualTo(1));
        await FailsAsync(_answer, PasskeyErrors.PasskeyInvalid.Code);
    }

    [TestCase("t", 100, "")]
    [TestCase("", 100, "challengeToken: required")]
    [TestCase("t", 101, "device: too_long")]
    public void Requires_a_challenge_token_and_a_credential(string challengeToken, int deviceLength, string error) =>
        Assert.That(
            new LoginPasskeyValidator().ErrorTextOf(
                new LoginPasskeyCommand(challengeToken, Credential, new string('x', deviceLength))
            ),
            Is.EqualTo(error)
        );

    [TestCase(null, "")]
    [TestCase("t", "")]
    [TestCase("", "guestToken: required")]
    [TestCase("a\0b", "guestToken: invalid_format")]
    public void Checks_the_token_of_a_guest(string? guestToken, string error) =>
        Assert.That(
            new LoginPasskeyValidator().ErrorTextOf(new LoginPasskeyCommand("t", Credential, GuestToken: guestToken)),
            Is.EqualTo(error)
        );

    [Test]
    public void Reports_a_missing_credential() =>
        Assert.That(
            new LoginPasskeyValidator().ErrorTextOf(new LoginPasskeyCommand("t", null!)),
            Is.EqualTo("credential: required")
        );

    private static RecordedEvent Refused(Guid? userId) =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, userId, Device: "Tablet");

    private RecordedEvent SignedIn(Guid sessionId) =>
        RecordedEvent.Of(AuditEventType.SignedIn, Account.UserId, sessionId, "Tablet");

    private async Task<RecordedEvent> LastRecordedAsync() => (await RecordedAsync(Account.UserId))[^1];

    private Task RemovePasskeysAsync() =>
        SaveAsync((IPasskeys passkeys) => passkeys.RemoveAsync(Account.UserId, id: null, default));

    private Task RemoveAccountAsync() => ChangeAsync(Account.UserId, row => row.Delete(Given.Now));

    /// <summary>Returns the refused sign-ins from this network address.</summary>
    private async Task<List<RecordedEvent>> RefusedAsync()
    {
        var all = await Server.UseAsync(
            (IAuditTrail audit) =>
                audit.SearchAsync(
                    Account.UserId,
                    new AuditFilter(null, AuditEventType.SignInFailed, null, null),
                    new PageRequest(10_000, null),
                    default
                )
        );
        return
        [
            .. all.Value!.Items.Where(recorded => recorded.IpAddress == Server.Caller.IpAddress)
                .Select(RecordedEvent.From),
        ];
    }
}
