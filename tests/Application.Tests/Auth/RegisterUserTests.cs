using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RegisterUserTests
{
    private static readonly RegisterUserCommand Command = new("nikolas", "kern@example.com", "correct horse battery");

    private readonly Ports _ports = new();

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

        var user = result.Value!;
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

        var id = result.Value!.Id;
        Assert.That(_ports.Events, Is.EqualTo([new Told(AuditEventType.Registered, AuditOutcome.Succeeded, id, id)]));
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
    }

    private Task<Result<UserDto>> HandleAsync() =>
        new RegisterUserHandler(
            new PasswordPolicy(new PasswordPolicyOptions(), _ports),
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            Given.Mapper,
            new ManualClock { Current = Given.Now.AddTicks(1234) }
        ).Handle(Command, CancellationToken.None);
}
