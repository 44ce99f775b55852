using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class RemovePasskeyTests
{
    private readonly Ports _ports = new();
    private readonly StoredPasskeys _passkeys;

    public RemovePasskeyTests()
    {
        _passkeys = new StoredPasskeys(_ports);
        _passkeys.Rows.Add(new Passkey("AQID", null, Given.Now, IsBackedUp: false));
    }

    [Test]
    public async Task Asks_for_the_password_then_removes_it_and_tells_of_it_in_one_save()
    {
        Assert.That((await HandleAsync("AQID")).IsSuccess, Is.True);

        Assert.That(
            _ports.Steps.Skip(4),
            Is.EqualTo(["remove passkey AQID", "mail PasskeyRemoved", "audit PasskeyRemoved", "save"])
        );
        var me = _ports.Id;
        Assert.That(
            _ports.Events,
            Is.EqualTo([new Event(AuditEventType.PasskeyRemoved, AuditOutcome.Succeeded, me, me, _ports.SessionId)])
        );
    }

    [Test]
    public async Task Removes_nothing_without_the_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        Assert.That((await HandleAsync("AQID")).Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        Assert.That(_passkeys.Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Finds_none_of_another_id()
    {
        Assert.That((await HandleAsync("BAUG")).Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(_ports.Mails, Is.Empty);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync("AQID")).Error, Is.EqualTo(Given.Failure));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Needs_the_password(string password, string error) =>
        Assert.That(
            new RemovePasskeyValidator().ErrorTextOf(new RemovePasskeyCommand("AQID", password)),
            Is.EqualTo(error)
        );

    private Task<Result> HandleAsync(string id)
    {
        var clock = Given.Clock();
        return new RemovePasskeyHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            _passkeys,
            _ports,
            _ports,
            _ports,
            _ports,
            clock
        ).Handle(new RemovePasskeyCommand(id, "secret"), CancellationToken.None);
    }
}
