using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Users;

public sealed class DeleteMeTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Removes_the_account_after_the_right_password_and_saves_once()
    {
        var result = await DeleteAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_ports.Acts, Is.EqualTo([new AdminAct(_ports.Id, _ports.Id)]));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "take me",
                "find me",
                "verify secret with stored hash",
                "forgive me",
                "find me",
                "forget them, nikolas, kern@example.com, mfa of them",
                "remove me",
                "guard",
                "audit AccountDeleted",
                "save",
            ])
        );
    }

    [Test]
    public async Task Tells_the_audit_trail_that_there_was_an_account_and_nothing_of_the_person()
    {
        await DeleteAsync();

        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(AuditEventType.AccountDeleted, AuditOutcome.Succeeded, _ports.Id, _ports.Id, IpAddress: null),
            ])
        );
    }

    [Test]
    public async Task Removes_nothing_after_a_wrong_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        var result = await DeleteAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        Assert.That(_ports.Steps, Does.Not.Contain("remove me"));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        var result = await DeleteAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
    }

    [TestCase("x", "")]
    [TestCase(null, "password: required")]
    [TestCase("", "password: required")]
    [TestCase(" ", "password: required")]
    [TestCase("a\0b", "password: invalid_format", TestName = "Password, no control characters")]
    public void Needs_the_password(string? password, string error) =>
        Assert.That(new DeleteMeValidator().ErrorTextOf(new DeleteMeCommand(password!)), Is.EqualTo(error));

    private Task<Result> DeleteAsync()
    {
        var clock = Given.Clock();
        return new DeleteMeHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            new AccountRemoval(_ports, _ports),
            _ports,
            _ports,
            _ports,
            clock
        ).Handle(new DeleteMeCommand("secret"), CancellationToken.None);
    }
}
