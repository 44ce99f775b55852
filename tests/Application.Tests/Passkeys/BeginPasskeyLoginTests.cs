using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class BeginPasskeyLoginTests
{
    private readonly Ports _ports = new() { IsSignedIn = false };
    private readonly StoredPasskeys _passkeys;

    public BeginPasskeyLoginTests() => _passkeys = new StoredPasskeys(_ports);

    [Test]
    public async Task Answers_with_a_question_to_anybody_and_a_ticket_of_nobody()
    {
        var begun = (await HandleAsync()).Value!;

        Assert.That((begun.Ticket, $"{begun.Options["challenge"]}"), Is.EqualTo(("ticket", "y")));
        Assert.That(_passkeys.Ticket!.UserId, Is.Null);
        Assert.That(
            _ports.Steps,
            Is.EqualTo(["ask anybody to sign in", "issue PasskeyLogin ticket with state", "save"])
        );
    }

    [Test]
    public async Task Gives_no_ticket_that_was_not_saved()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result<PasskeyChallengeDto>> HandleAsync() =>
        new BeginPasskeyLoginHandler(_passkeys, _passkeys, _ports, Given.Clock()).Handle(
            new BeginPasskeyLoginCommand(),
            CancellationToken.None
        );
}
