using Fitnessify.Application.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>Apple tells of a user; the request has no caller.</summary>
public sealed class ReceiveAppleNotificationTests : IdentityTests
{
    private readonly string _code = $"code.{Guid.NewGuid():N}";
    private Credentials _account = null!;
    private LinkedIdentity _identity = null!;
    private Session _tablet = null!;

    [SetUp]
    public async Task LinkToNewUser()
    {
        _account = await SignUpAsync();
        _identity = await StoreAsync(_account.UserId, Subject, Apple, FakeIdentityGrants.GrantOf(_code));
        _tablet = await SignInByIdentityAsync(Subject, provider: Apple);
        Server.Caller.Session = null;
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Test]
    public async Task Ends_the_identity_and_only_the_sessions_that_it_has_started()
    {
        var google = await StoreAsync(_account.UserId, Subject);
        var phone = await Server.SignInAsync(_account.UserId);
        var before = Saves.Count;

        await ReceiveAsync(Tokens.SignEvent(Subject));

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        Assert.That((await Records.IdentitiesAsync(_account.UserId)).Select(row => row.Id), Is.EqualTo([google.Id]));
        Assert.That((await SessionAsync(_tablet)).RevokedReason, Is.EqualTo(SessionEnd.IdentityRemoved));
        Assert.That((await SessionAsync(phone)).IsLive(Now), Is.True);
        Assert.That(
            (await Records.MailsAsync(_account.UserId)).Select(mail => mail.Kind),
            Does.Contain(MailKind.IdentityUnlinked)
        );
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.SupersetOf([
                RecordedEvent.Of(AuditEventType.IdentityUnlinked, _account.UserId),
                RecordedEvent.Of(AuditEventType.SessionEnded, _account.UserId, _tablet.Id, Device),
            ])
        );
        Assert.That(await RevocationsOfAsync(_code), Is.Empty, "Apple has ended the grant itself.");
    }

    [Test]
    public async Task Accepts_the_same_event_again()
    {
        var payload = Tokens.SignEvent(Subject);
        await ReceiveAsync(payload);
        var (events, mails) = await CountsAsync();

        await ReceiveAsync(payload);

        Assert.That(await CountsAsync(), Is.EqualTo((events, mails)));
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    public async Task Ignores_an_event_that_is_older_than_the_link(int milliseconds, bool isIgnored)
    {
        await ReceiveAsync(Tokens.SignEvent(Subject, at: _identity.CreatedAt.AddMilliseconds(milliseconds)));

        Assert.That((await Records.LinksOfAsync(Subject)).Count == 1, Is.EqualTo(isIgnored));
    }

    [TestCase("sign-in", -1, true)]
    [TestCase("sign-in", 0, false)]
    [TestCase("sign-in", 1, false)]
    [TestCase("sign-in to the second step", -1, true)]
    [TestCase("sign-in to the second step", 0, false)]
    [TestCase("link again", -1, true)]
    [TestCase("link again", 0, false)]
    public async Task Ignores_an_event_that_is_older_than_the_last_use(string use, int milliseconds, bool isIgnored)
    {
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var usedAt = Now;
        var signed = Tokens.Sign(Subject, provider: Apple);
        switch (use)
        {
            case "sign-in":
                Assert.That((await SendAsync(SignIn(signed))).Error, Is.Null);
                break;
            case "link again":
                Assert.That(await AsAsync(_tablet, () => ErrorOfAsync(Link(signed))), Is.Null);
                break;
            default:
                await EnableMfaAsync(_account.UserId);
                usedAt = Now;
                await FailsAsync(SignIn(Tokens.Sign(Subject, provider: Apple)), "mfa_required");
                break;
        }

        Server.Clock.Advance(TimeSpan.FromMinutes(1));

        await ReceiveAsync(Tokens.SignEvent(Subject, at: usedAt.AddMilliseconds(milliseconds)));

        Assert.That((await Records.LinksOfAsync(Subject)).Count == 1, Is.EqualTo(isIgnored));
    }

    [Test]
    public async Task A_refused_sign_in_does_not_count_as_a_use()
    {
        var signed = Tokens.Sign(Subject, provider: Apple);
        await SendAsync(SignIn(signed));
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var revokedAt = Now;
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailsAsync(SignIn(signed), "identity_token_invalid");

        await ReceiveAsync(Tokens.SignEvent(Subject, at: revokedAt));

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
    }

    [Test]
    public async Task A_repeated_event_does_not_end_an_identity_that_was_linked_after_it()
    {
        var payload = Tokens.SignEvent(Subject);
        await ReceiveAsync(payload);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        await StoreAsync(_account.UserId, Subject, Apple);

        await ReceiveAsync(payload);

        Assert.That(await Records.LinksOfAsync(Subject), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Accepts_and_ignores_other_events_and_other_users()
    {
        var before = Saves.Count;
        await ReceiveAsync(Tokens.SignEvent(Subject, isEnd: false));
        await ReceiveAsync(Tokens.SignEvent(FakeIdentityTokens.NewSubject()));

        Assert.That(Saves.Count, Is.EqualTo(before));
        Assert.That((await SessionAsync(_tablet)).IsLive(Now), Is.True);
    }

    [Test]
    public async Task Ends_nothing_at_another_issuer()
    {
        await StoreAsync(_account.UserId, Subject);
        await ReceiveAsync(Tokens.SignEvent(Subject));

        Assert.That((await Records.LinksOfAsync(Subject)).Single().Provider, Is.EqualTo(Google.Name));
    }

    [Test]
    public async Task Ends_also_the_last_way_to_sign_in()
    {
        var subject = FakeIdentityTokens.NewSubject();
        var session = await SignInByIdentityAsync(subject, provider: Apple);
        Server.Caller.Session = null;

        await ReceiveAsync(Tokens.SignEvent(subject));

        Assert.That((await Records.UserAsync(session.OwnerId))!.SignInMethods, Is.Empty);
    }

    [Test]
    public async Task Ends_the_identity_of_a_disabled_account()
    {
        await ChangeAsync(_account.UserId, row => row.Disable(Now));

        await ReceiveAsync(Tokens.SignEvent(Subject));

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
    }

    [Test]
    public async Task Refuses_an_event_that_is_not_valid()
    {
        await FailsAsync(new ReceiveAppleNotificationCommand("other"), "identity_token_invalid");
        Tokens.IsDown = true;
        await FailsAsync(new ReceiveAppleNotificationCommand(Tokens.SignEvent(Subject)), "service_unavailable");

        Assert.That(await Records.LinksOfAsync(Subject), Has.Count.EqualTo(1));
    }

    [TestCase("p", "")]
    [TestCase("", "payload: required")]
    [TestCase(null, "payload: required")]
    [TestCase("a\0b", "payload: invalid_format")]
    public void Requires_a_payload(string? payload, string errors) =>
        Assert.That(
            new ReceiveAppleNotificationValidator().ErrorTextOf(new ReceiveAppleNotificationCommand(payload!)),
            Is.EqualTo(errors)
        );

    private async Task ReceiveAsync(string payload) =>
        Assert.That((await SendAsync(new ReceiveAppleNotificationCommand(payload))).Error, Is.Null);

    private async Task<(int Events, int Mails)> CountsAsync() =>
        ((await RecordedAsync(_account.UserId)).Count, (await Records.MailsAsync(_account.UserId)).Count);
}
