using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Auth;

[TestFixture(RegistrationPrivacy.Open)]
[TestFixture(RegistrationPrivacy.Private)]
public sealed class RegisterUserTests(RegistrationPrivacy privacy)
    : UseCaseTests(("Accounts:RegistrationPrivacy", privacy.ToString()))
{
    private readonly string _name = Instance.NewName();

    private string Email => $"{_name}@example.com";

    [Test]
    public async Task Stores_the_account_with_a_password_hash_and_a_time_in_milliseconds()
    {
        Server.Clock.Advance(TimeSpan.FromTicks(1234));

        await RegisterAsync();

        var account = await AccountAsync();
        var user = await Records.UserAsync(account!.UserId);
        Assert.That((user!.Username, user.CreatedAt), Is.EqualTo((_name, Given.Now)));
        Assert.That(user.Roles, Is.EqualTo([Roles.Member]));
        Assert.That(account.PasswordHash, Does.Not.Contain(Password));
        Assert.That(
            (await Hashing.VerifyAsync(account.PasswordHash, Password, default)).Value,
            Is.EqualTo(PasswordVerification.Success)
        );
    }

    [Test]
    public async Task Leaves_the_address_unconfirmed_and_in_private_mode_pending()
    {
        await RegisterAsync();

        var account = await AccountAsync();
        Assert.That(account!.EmailConfirmed, Is.False);
        Assert.That(account.PendingEmail, Is.EqualTo(privacy == RegistrationPrivacy.Private ? Email : null));
    }

    [Test]
    public async Task Returns_the_new_user_or_nothing_in_private_mode()
    {
        var answer = (await RegisterAsync()).Value!;

        if (privacy == RegistrationPrivacy.Private)
        {
            Assert.That(answer, Is.EqualTo(new RegisteredUser(null)));
            return;
        }

        var user = answer.User!;
        Assert.That(
            (user.Username, user.Email, user.EmailConfirmed, user.CreatedAt),
            Is.EqualTo((_name, Email, false, Given.Now))
        );
    }

    [Test]
    public async Task Records_an_audit_event_and_mails_the_confirmation_link()
    {
        await RegisterAsync();

        var id = (await AccountAsync())!.UserId;
        var mail = (await Records.MailsAsync(id)).Single();
        Assert.That(await RecordedAsync(id), Is.EqualTo([RecordedEvent.Of(AuditEventType.Registered, id)]));
        Assert.That(
            (mail.Kind, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.ConfirmEmail, (string?)null, Given.Now))
        );
    }

    [Test]
    public async Task Hashes_and_stores_nothing_when_the_policy_refuses_the_password()
    {
        await FailsAsync(new RegisterUserCommand(_name, Email, "password1234"), "password_rejected");

        Assert.That(Hashing.Hashed, Is.Zero);
        Assert.That(await AccountAsync(), Is.Null);
    }

    [Test]
    public async Task Stores_nothing_when_the_password_cannot_be_hashed()
    {
        Hashing.IsFull = true;

        await FailsAsync(new RegisterUserCommand(_name, Email, Password), "service_unavailable");

        Assert.That(await AccountAsync(), Is.Null);
    }

    [Test]
    public async Task Reports_a_taken_username_in_private_mode_too()
    {
        await RegisterAsync();

        await FailsAsync(new RegisterUserCommand(_name, $"other.{Email}", $"Not-{Password}"), "username_taken");

        Assert.That(await Records.MailsAsync((await AccountAsync())!.UserId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Reports_a_taken_address_except_in_private_mode()
    {
        var owner = await SignUpAsync();
        var command = new RegisterUserCommand(_name, owner.Email!, Password);
        if (privacy == RegistrationPrivacy.Open)
        {
            await FailsAsync(command, "email_taken");
            return;
        }

        Assert.That((await SendAsync(command)).Value, Is.EqualTo(new RegisteredUser(null)));
        Assert.That(Hashing.Hashed, Is.EqualTo(2), "The work is the same as for an unused address.");
        Assert.That(await Records.MailsAsync((await AccountAsync())!.UserId), Has.Count.EqualTo(1));
        Assert.That((await Records.AccountAsync(owner.UserId))!.Email, Is.EqualTo(owner.Email));
    }

    // A lookup takes time, and the difference would reveal whether the address is known.
    [Test]
    public async Task Does_not_query_the_address()
    {
        var commands = Server.Commands.Listen();

        Assert.That((await RegisterAsync()).Error, Is.Null);

        Assert.That(commands, Has.None.Contains("FROM \"Users\"").And.None.Contains("FROM [Users]").And.Not.Empty);
    }

    private Task<Credentials?> AccountAsync() => Records.AccountAsync(_name);

    private Task<Result<RegisteredUser>> RegisterAsync() => SendAsync(new RegisterUserCommand(_name, Email, Password));
}
