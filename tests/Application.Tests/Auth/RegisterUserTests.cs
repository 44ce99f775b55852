using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RegisterUserTests
{
    private static readonly RegisterUserCommand Command = new("nikolas", "kern@example.com", "correct horse battery");

    private readonly Ports _ports = new();
    private RegistrationOptions _options = new();

    [Test]
    public async Task Estimates_hashes_adds_and_saves_in_this_order()
    {
        var result = await HandleAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "estimate correct horse battery",
                "hash correct horse battery",
                "add nikolas",
                "mail ConfirmEmail",
                "audit Registered",
                "save",
            ])
        );
    }

    [Test]
    public async Task Adds_the_account_with_the_hash_and_the_time_in_milliseconds()
    {
        await HandleAsync();

        Assert.That(_ports.Added, Is.EqualTo(new NewAccount("nikolas", "kern@example.com", "new hash", Given.Now)));
    }

    [Test]
    public async Task Answers_with_the_new_user()
    {
        var result = await HandleAsync();

        var user = result.Value!.User!;
        Assert.That(
            (user.Username, user.Email, user.EmailConfirmed, user.CreatedAt),
            Is.EqualTo(("nikolas", "kern@example.com", false, Given.Now))
        );
        Assert.That(user.Roles, Is.EqualTo([Roles.Member]));
    }

    [Test]
    public async Task Tells_the_audit_trail_of_the_new_user()
    {
        var result = await HandleAsync();

        var id = result.Value!.User!.Id;
        Assert.That(_ports.Events, Is.EqualTo([new Event(AuditEventType.Registered, AuditOutcome.Succeeded, id, id)]));
    }

    [Test]
    public async Task Refuses_a_weak_password_before_it_hashes()
    {
        _ports.Estimate = new PasswordEstimate(0, []);

        var result = await HandleAsync();

        Assert.That(result.Error?.Code, Is.EqualTo("password_rejected"));
        Assert.That(_ports.Steps, Is.EqualTo(["estimate correct horse battery"]));
    }

    [Test]
    public async Task Adds_nothing_when_strength_cannot_be_estimated_now()
    {
        _ports.Estimate = CommonErrors.ServiceUnavailable;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_ports.Steps, Is.EqualTo(["estimate correct horse battery"]));
    }

    [Test]
    public async Task Adds_nothing_when_the_password_cannot_be_hashed_now()
    {
        _ports.Hash = CommonErrors.ServiceUnavailable;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_ports.Steps, Is.EqualTo(["estimate correct horse battery", "hash correct horse battery"]));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = UserErrors.UsernameTaken;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.UsernameTaken));
        Assert.That(_ports.Events, Is.Empty);
        Assert.That(_ports.Mails, Is.Empty);
    }

    [TestCase(RegistrationPrivacy.Open)]
    [TestCase(RegistrationPrivacy.Private)]
    public async Task Mails_the_link_that_confirms_the_address(RegistrationPrivacy privacy)
    {
        _options = new RegistrationOptions { RegistrationPrivacy = privacy };

        await HandleAsync();

        var mail = _ports.Mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.ConfirmEmail, (Guid?)_ports.Id, (string?)null, Given.Now))
        );
    }

    [Test]
    public async Task In_private_it_does_the_same_steps_for_every_address_and_answers_with_nothing()
    {
        await HandleAsync();
        var steps = _ports.Steps.ToList();
        _ports.Steps.Clear();
        _options = new RegistrationOptions { RegistrationPrivacy = RegistrationPrivacy.Private };

        var result = await HandleAsync();

        Assert.That(result.Value, Is.EqualTo(new RegisteredUser(null)));
        Assert.That(_ports.Steps, Is.EqualTo(steps).And.None.StartsWith("find"));
        Assert.That(
            _ports.Added,
            Is.EqualTo(new NewAccount("nikolas", "kern@example.com", "new hash", Given.Now, IsEmailPending: true))
        );
    }

    [Test]
    public async Task In_private_it_still_tells_that_a_username_is_taken()
    {
        _options = new RegistrationOptions { RegistrationPrivacy = RegistrationPrivacy.Private };
        _ports.Saved = UserErrors.UsernameTaken;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.UsernameTaken));
    }

    private Task<Result<RegisteredUser>> HandleAsync() =>
        new RegisterUserHandler(
            _options,
            new PasswordPolicy(new PasswordPolicyOptions(), _ports),
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            Given.Mapper,
            new FakeTimeProvider(Given.Now.AddTicks(1234))
        ).Handle(Command, CancellationToken.None);
}
