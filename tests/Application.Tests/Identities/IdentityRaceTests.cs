using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>Requests that sign in, link and unlink at the same moment.</summary>
public sealed class IdentityRaceTests() : IdentityTests(("Sessions:MaxPerUser", "8"))
{
    private const int Clients = 20;
    private const string Invalid = "identity_token_invalid";

    [Test]
    public async Task First_sign_ins_at_once_create_one_account()
    {
        var address = NewAddress();
        var errors = await AtOnceAsync(
            Enumerable.Range(0, Clients).Select(_ => SignIn(Tokens.Sign(Subject, address, name: "Ann Kern")))
        );

        Assert.That(errors, Is.All.Null);
        var owner = (await Records.LinksOfAsync(Subject)).Single().OwnerId;
        var sessions = await Records.SessionsAsync(owner);
        Assert.That(sessions, Has.Count.EqualTo(Clients));
        Assert.That(sessions.Count(session => session.IsLive(Now)), Is.EqualTo(8));
        Assert.That(
            sessions.Where(session => !session.IsLive(Now)).Select(session => session.RevokedReason),
            Is.All.EqualTo(SessionEnd.TooMany)
        );
        Assert.That(
            (await Records.EventsFromAsync(Server.Caller.IpAddress)).Count(e => e.Type == AuditEventType.Registered),
            Is.EqualTo(1)
        );
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task An_account_that_the_same_identity_creates_during_the_look_ups_is_the_one_to_sign_in_to(int reads)
    {
        var address = NewAddress();
        Server.Commands.OnceAfter(
            _ => --reads == 0,
            async () => Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject, address)))).Value!.IsNew, Is.True)
        );

        var signedIn = await SendAsync(SignIn(Tokens.Sign(Subject, address)));

        Assert.That((signedIn.Error, signedIn.Value?.IsNew), Is.EqualTo(((Domain.Common.Error?)null, (bool?)false)));
        var owner = (await Records.LinksOfAsync(Subject)).Single().OwnerId;
        Assert.That(await Records.SessionsAsync(owner), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task First_sign_ins_of_several_users_with_one_name_create_an_account_for_each()
    {
        var name = Instance.NewName();
        var subjects = Enumerable.Range(0, Clients).Select(_ => FakeIdentityTokens.NewSubject()).ToList();

        var errors = await AtOnceAsync(subjects.Select(subject => SignIn(Tokens.Sign(subject, name: name))));

        Assert.That(errors, Is.All.Null);
        foreach (var subject in subjects)
        {
            var owner = (await Records.LinksOfAsync(subject)).Single().OwnerId;
            Assert.That((await Records.UserAsync(owner))!.DisplayName, Is.EqualTo(name));
        }
    }

    [Test]
    public async Task First_sign_ins_of_several_users_with_one_address_create_an_account_for_one()
    {
        var address = NewAddress();
        var subjects = Enumerable.Range(0, Clients).Select(_ => FakeIdentityTokens.NewSubject()).ToList();

        var errors = await AtOnceAsync(subjects.Select(subject => SignIn(Tokens.Sign(subject, address))));

        Assert.That(errors.Count(error => error is null), Is.EqualTo(1));
        Assert.That(errors.OfType<string>(), Is.All.EqualTo("identity_not_linked"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_of_several_uses_of_a_token_wins(bool isLinked)
    {
        if (isLinked)
        {
            await SignInByIdentityAsync(Subject);
        }

        var signed = Tokens.Sign(Subject, NewAddress());
        var errors = await AtOnceAsync(Enumerable.Range(0, Clients).Select(_ => SignIn(signed)));

        Assert.That(errors.Count(error => error is null), Is.EqualTo(1));
        Assert.That(errors.OfType<string>(), Is.All.EqualTo(Invalid));
        var owner = (await Records.LinksOfAsync(Subject)).Single().OwnerId;
        Assert.That(await Records.SessionsAsync(owner), Has.Count.EqualTo(isLinked ? 2 : 1));
    }

    [Test]
    public async Task An_address_that_is_taken_between_look_up_and_save_is_not_linked()
    {
        var name = Instance.NewName();
        var address = $"{name}@example.org";
        Saves.BeforeNextSave = async () => await Server.SignUpAsync(name, address);

        await LinkTokenAsync(Tokens.Sign(Subject, address));

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
    }

    [Test]
    public async Task A_username_that_is_taken_between_look_up_and_save_gets_digits()
    {
        var name = Instance.NewName();
        Saves.BeforeNextSave = async () => await Server.SignUpAsync(name, NewAddress());

        var session = await SignInByNameAsync(name);

        Assert.That((await Records.UserAsync(session))!.Username, Does.StartWith($"{name}-"));
    }

    [Test]
    public async Task An_identity_that_is_linked_between_look_up_and_save_signs_in_to_that_account()
    {
        var owner = await SignUpAsync();
        Saves.BeforeNextSave = () => StoreAsync(owner.UserId, Subject);

        var signedIn = (await SendAsync(SignIn(Tokens.Sign(Subject, NewAddress())))).Value!;

        Assert.That(signedIn.IsNew, Is.False);
        Assert.That((await Records.SessionsAsync(owner.UserId)).Single().Id, Is.EqualTo(signedIn.Tokens.SessionId));
    }

    [Test]
    public async Task An_identity_that_is_unlinked_before_the_session_is_saved_does_not_sign_in()
    {
        var owner = await SignInNewUserAsync();
        var identity = await StoreAsync(owner.UserId, Subject);
        Saves.BeforeNextSave = () => UnlinkAsync(identity.Id);

        await FailsAsync(SignIn(Tokens.Sign(Subject)), Invalid);

        Assert.That(await Records.SessionsAsync(owner.UserId), Has.Count.EqualTo(1));
        Assert.That(
            (await RecordedAsync(owner.UserId)).Select(recorded => recorded.Type),
            Does.Contain(AuditEventType.SignInFailed)
        );
    }

    [Test]
    public async Task An_identity_that_is_unlinked_before_the_second_step_is_saved_does_not_sign_in()
    {
        var owner = await SignInNewUserAsync();
        var identity = await StoreAsync(owner.UserId, Subject);
        await EnableMfaAsync(owner.UserId);
        Saves.BeforeNextSave = () => RemoveAsync(owner.UserId, identity.Id);

        await FailsAsync(SignIn(Tokens.Sign(Subject)), Invalid);
    }

    // Much may happen between the first step and the code.
    [TestCase(false)]
    [TestCase(true)]
    public async Task An_identity_that_is_removed_before_the_code_does_not_sign_in(bool isDuringTheSave)
    {
        var owner = await SignInNewUserAsync();
        var identity = await StoreAsync(owner.UserId, Subject);
        var (app, _) = await EnableMfaAsync(owner.UserId);
        var refused = await FailsAsync(SignIn(Tokens.Sign(Subject)), "mfa_required");
        var command = new VerifyMfaCommand((string)refused.Details!["challengeToken"], app.Code());
        if (isDuringTheSave)
        {
            Saves.BeforeNextSave = () => RemoveAsync(owner.UserId, identity.Id);
        }
        else
        {
            await RemoveAsync(owner.UserId, identity.Id);
        }

        await FailsAsync(command, "mfa_code_invalid");

        // Also not when it is linked again: this is another link.
        await StoreAsync(owner.UserId, Subject);
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        await FailsAsync(command with { }, "mfa_code_invalid");
        Assert.That(await Records.SessionsAsync(owner.UserId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Of_two_users_who_link_one_identity_the_first_gets_it()
    {
        var first = await SignInNewUserAsync();
        var session = Server.Caller.Session;
        var second = await SignInNewUserAsync();
        Saves.BeforeNextSave = () =>
            AsAsync(
                session,
                async () =>
                {
                    Assert.That((await SendAsync(Link(Tokens.Sign(Subject)))).Error, Is.Null);
                    return true;
                }
            );

        await FailsAsync(Link(Tokens.Sign(Subject)), "identity_taken");

        Assert.That((await Records.LinksOfAsync(Subject)).Single().OwnerId, Is.EqualTo(first.UserId));
        Assert.That((await Records.UserAsync(second.UserId))!.SignInMethods, Is.EqualTo(["password"]));
    }

    [Test]
    public async Task Links_of_one_identity_at_once_link_it_once()
    {
        var owner = await SignInNewUserAsync();

        var errors = await AtOnceAsync(Enumerable.Range(0, 8).Select(_ => Link(Tokens.Sign(Subject))));

        Assert.That(errors, Is.All.Null);
        Assert.That(await Records.IdentitiesAsync(owner.UserId), Has.Count.EqualTo(1));
        Assert.That((await Records.MailsAsync(owner.UserId)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_link_token_links_once_when_it_is_used_twice_at_once()
    {
        var owner = await SignInNewUserAsync();
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, owner.Email));
        var command = new LinkIdentityCommand(linkToken, Password: Password);
        Saves.BeforeNextSave = async () => Assert.That((await SendAsync(command)).Error, Is.Null);

        await FailsAsync(command, "token_invalid_or_expired");

        Assert.That(await Records.IdentitiesAsync(owner.UserId), Has.Count.EqualTo(1));
        Assert.That(await Records.MailsAsync(owner.UserId), Has.Count.EqualTo(1));
        await FailsAsync(command, "token_invalid_or_expired");
    }

    [Test]
    public async Task A_link_again_during_an_unlink_does_not_pretend_to_be_linked()
    {
        var owner = await SignInNewUserAsync();
        var identity = await StoreAsync(owner.UserId, Subject);
        Saves.BeforeNextSave = () => UnlinkAsync(identity.Id);

        await FailsAsync(Link(Tokens.Sign(Subject)), Invalid);

        Assert.That(await Records.IdentitiesAsync(owner.UserId), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Of_two_unlinks_the_second_finds_nothing(bool isDuringTheSave)
    {
        var owner = await SignInNewUserAsync();
        var code = $"code.{Guid.NewGuid():N}";
        var identity = await StoreAsync(owner.UserId, Subject, Apple, FakeIdentityGrants.GrantOf(code));
        var command = new UnlinkIdentityCommand(identity.Id, Password);
        if (isDuringTheSave)
        {
            Saves.BeforeNextSave = () => UnlinkAsync(identity.Id);
            await FailsAsync(command, "not_found");
        }
        else
        {
            Assert.That(await AtOnceAsync(command, command), Is.EquivalentTo(new[] { null, "not_found" }));
        }

        Assert.That(
            (await Records.MailsAsync(owner.UserId)).Select(mail => mail.Kind),
            Is.EqualTo([Domain.Mail.MailKind.IdentityUnlinked])
        );
        Assert.That(
            (await RecordedAsync(owner.UserId)).Select(recorded => recorded.Type),
            Has.Exactly(1).EqualTo(AuditEventType.IdentityUnlinked)
        );
        Assert.That(await RevocationsOfAsync(code), Is.EqualTo([code]));
    }

    [Test]
    public async Task An_unlink_during_a_link_removes_only_its_own_identity()
    {
        var owner = await SignInNewUserAsync();
        var identity = await StoreAsync(owner.UserId, Subject);
        Saves.BeforeNextSave = async () =>
            Assert.That((await SendAsync(Link(Tokens.Sign(FakeIdentityTokens.NewSubject())))).Error, Is.Null);

        Assert.That((await SendAsync(new UnlinkIdentityCommand(identity.Id, Password))).Error, Is.Null);
        Assert.That(await Records.IdentitiesAsync(owner.UserId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_linked_to_an_account_that_is_deleted_meanwhile()
    {
        await SignInNewUserAsync();
        Saves.BeforeNextSave = async () => Assert.That((await SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);

        await FailsAsync(Link(Tokens.Sign(Subject)), "session_revoked");

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Value!.IsNew, Is.True);
    }

    [Test]
    public async Task A_deletion_removes_an_identity_that_is_linked_meanwhile()
    {
        await SignInNewUserAsync();
        var command = Link(Tokens.Sign(Subject));
        Saves.BeforeNextSave = async () => Assert.That((await SendAsync(command)).Error, Is.Null);

        Assert.That((await SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);
        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
    }

    [Test]
    public async Task A_sign_in_to_an_account_that_is_deleted_meanwhile_starts_no_session()
    {
        var owner = await SignInNewUserAsync();
        await StoreAsync(owner.UserId, Subject);
        Saves.BeforeNextSave = async () => Assert.That((await SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);

        await FailsAsync(SignIn(Tokens.Sign(Subject)), Invalid);

        Assert.That(await LiveSessionsAsync(owner.UserId), Is.Empty);
    }

    [TestCase("disabled")]
    [TestCase("second factor")]
    public async Task Nobody_bypasses_what_is_turned_on_during_the_sign_in(string change)
    {
        var owner = await SignUpAsync();
        await StoreAsync(owner.UserId, Subject);
        Saves.BeforeNextSave = async () =>
        {
            if (change == "disabled")
            {
                await ChangeAsync(owner.UserId, row => row.Disable(Now));
            }
            else
            {
                await EnableMfaAsync(owner.UserId);
            }
        };

        await FailsAsync(SignIn(Tokens.Sign(Subject)), Invalid);

        Assert.That(await Records.SessionsAsync(owner.UserId), Is.Empty);
    }

    [Test]
    public async Task An_event_of_Apple_during_a_sign_in_ends_it()
    {
        var owner = await SignUpAsync();
        await StoreAsync(owner.UserId, Subject, Apple);
        Saves.BeforeNextSave = async () =>
            Assert.That(
                (await SendAsync(new ReceiveAppleNotificationCommand(Tokens.SignEvent(Subject)))).Error,
                Is.Null
            );

        await FailsAsync(SignIn(Tokens.Sign(Subject, provider: Apple)), Invalid);

        Assert.That(await Records.SessionsAsync(owner.UserId), Is.Empty);
    }

    [Test]
    public async Task The_same_event_of_Apple_twice_at_once_ends_the_identity_once()
    {
        var owner = await SignUpAsync();
        await StoreAsync(owner.UserId, Subject, Apple);
        var command = new ReceiveAppleNotificationCommand(Tokens.SignEvent(Subject));
        Saves.BeforeNextSave = async () => Assert.That((await SendAsync(command)).Error, Is.Null);

        Assert.That((await SendAsync(command)).Error, Is.Null);

        Assert.That((await Records.MailsAsync(owner.UserId)).Count, Is.EqualTo(1), "One mail tells of it.");
    }

    private async Task<Guid> SignInByNameAsync(string name)
    {
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject, name: name)))).Error, Is.Null);
        return (await Records.LinksOfAsync(Subject)).Single().OwnerId;
    }

    private async Task UnlinkAsync(Guid id) =>
        Assert.That((await SendAsync(new UnlinkIdentityCommand(id, Password))).Error, Is.Null);

    private Task RemoveAsync(Guid ownerId, Guid id) =>
        SaveAsync((Domain.Identities.IIdentityRepository identities) => identities.Remove(ownerId, id));
}
