using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class AddPasskeyTests
{
    private readonly Ports _ports = new();
    private readonly StoredPasskeys _passkeys;

    public AddPasskeyTests()
    {
        _passkeys = new StoredPasskeys(_ports);
        _passkeys.Issue(TicketPurpose.NewPasskey, _ports.Id, "state", Given.Now);
        _ports.Steps.Clear();
    }

    [Test]
    public async Task Adds_what_the_authenticator_has_made_uses_the_ticket_and_tells_of_it_in_one_save()
    {
        var added = (await HandleAsync()).Value;

        Assert.That(added, Is.EqualTo(new PasskeyDto("AQID", "Laptop", Given.Now, IsBackedUp: false)));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                """add {"id":"AQID"} after state""",
                "use ticket",
                "mail PasskeyAdded",
                "audit PasskeyAdded",
                "save",
            ])
        );
        Assert.That(
            (_ports.Mails.Single().Kind, _ports.Mails.Single().UserId),
            Is.EqualTo((MailKind.PasskeyAdded, _ports.Id))
        );
        var me = _ports.Id;
        Assert.That(
            _ports.Events,
            Is.EqualTo([new Event(AuditEventType.PasskeyAdded, AuditOutcome.Succeeded, me, me, _ports.SessionId)])
        );
    }

    [Test]
    public async Task Takes_no_ticket_that_is_unknown()
    {
        Assert.That((await HandleAsync("other")).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Takes_no_ticket_of_somebody_else()
    {
        _passkeys.Ticket = _passkeys.Ticket! with { UserId = Guid.NewGuid() };

        Assert.That((await HandleAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Adds_nothing_when_the_answer_does_not_hold()
    {
        _passkeys.IsValid = false;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        Assert.That(_ports.Steps, Has.None.EqualTo("save"));
    }

    [TestCase(Passkey.MaxPerUser - 1, null)]
    [TestCase(Passkey.MaxPerUser, "state_conflict")]
    public async Task Adds_as_many_as_there_may_be(int present, string? code)
    {
        _passkeys.Rows.AddRange(Enumerable.Repeat(new Passkey("BA", null, Given.Now, IsBackedUp: false), present));

        Assert.That((await HandleAsync()).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    [TestCase("t", null, "")]
    [TestCase("", null, "ticket: required")]
    [TestCase("t", "a\u0000b", "name: invalid_format")]
    public void Needs_a_ticket_and_takes_a_name(string ticket, string? name, string error) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(new AddPasskeyCommand(ticket, StoredPasskeys.Credential, name)),
            Is.EqualTo(error)
        );

    [TestCase(true)]
    [TestCase(false)]
    public void Needs_a_credential(bool isEmpty) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(
                new AddPasskeyCommand("t", isEmpty ? new Dictionary<string, object?>() : null!)
            ),
            Is.EqualTo("credential: required")
        );

    [TestCase(Passkey.NameMaxLength, "")]
    [TestCase(Passkey.NameMaxLength + 1, "name: too_long")]
    public void Names_have_a_limit(int length, string error) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(
                new AddPasskeyCommand("t", StoredPasskeys.Credential, $" {new string('x', length)} ")
            ),
            Is.EqualTo(error)
        );

    private Task<Result<PasskeyDto>> HandleAsync(string ticket = "ticket") =>
        new AddPasskeyHandler(
            _ports,
            _passkeys,
            _passkeys,
            _ports,
            _ports,
            _ports,
            _ports,
            Given.Mapper,
            Given.Clock()
        ).Handle(new AddPasskeyCommand(ticket, StoredPasskeys.Credential, " Laptop "), CancellationToken.None);
}
