using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class BeginPasskeyTests
{
    private readonly Ports _ports = new();
    private readonly StoredPasskeys _passkeys;

    public BeginPasskeyTests() => _passkeys = new StoredPasskeys(_ports);

    [Test]
    public async Task Asks_for_the_password_and_answers_with_the_question_and_a_ticket_of_the_user()
    {
        var begun = (await HandleAsync()).Value!;

        Assert.That((begun.Ticket, $"{begun.Options["challenge"]}"), Is.EqualTo(("ticket", "x")));
        Assert.That(_passkeys.Ticket!.UserId, Is.EqualTo(_ports.Id));
        Assert.That(
            _ports.Steps.Skip(4),
            Is.EqualTo(["ask nikolas for a new passkey", "issue NewPasskey ticket with state", "save"])
        );
    }

    [Test]
    public async Task Asks_no_authenticator_without_the_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        Assert.That(_passkeys.Ticket, Is.Null);
    }

    [Test]
    public async Task Gives_no_ticket_that_was_not_saved()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Needs_the_password(string password, string error) =>
        Assert.That(new BeginPasskeyValidator().ErrorTextOf(new BeginPasskeyCommand(password)), Is.EqualTo(error));

    private Task<Result<PasskeyChallengeDto>> HandleAsync()
    {
        var clock = Given.Clock();
        return new BeginPasskeyHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            _passkeys,
            _passkeys,
            _ports,
            clock
        ).Handle(new BeginPasskeyCommand("secret"), CancellationToken.None);
    }
}
