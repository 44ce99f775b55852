using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ResetMfaTests
{
    private readonly Ports _ports = new();

    [TestCase(true)]
    [TestCase(false)]
    public async Task Forgets_all_of_the_factor_and_mails_only_of_one_that_was_on(bool isEnabled)
    {
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = isEnabled };
        var subject = _ports.Credentials.UserId;

        Assert.That((await HandleAsync(subject)).IsSuccess, Is.True);

        string[] mailed = isEnabled ? ["mail MfaDisabled"] : [];
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "find them",
                "remove factor of them",
                "remove passkey of any id",
                "withdraw tickets of them",
                "forget mfa of them",
                .. mailed,
                "guard",
                "audit MfaReset",
                "save",
            ])
        );
        Assert.That(_ports.Acts, Is.EqualTo([new AdminAct(_ports.Id, subject, Permissions.ManageUsers)]));
        Assert.That(
            _ports.Mails.Select(mail => (mail.Kind, mail.UserId)),
            isEnabled ? Is.EqualTo([(MailKind.MfaDisabled, (Guid?)subject)]) : Is.Empty
        );
    }

    [Test]
    public async Task Does_not_find_who_is_not_there()
    {
        var subject = _ports.Credentials!.UserId;
        _ports.Credentials = null;

        Assert.That((await HandleAsync(subject)).Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(_ports.Steps, Has.None.EqualTo("save"));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync(_ports.Credentials!.UserId)).Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result> HandleAsync(Guid subject)
    {
        var clock = Given.Clock();
        var factors = new Factors(_ports);
        return new ResetMfaHandler(
            _ports,
            factors,
            new StoredPasskeys(_ports),
            factors,
            _ports,
            _ports,
            new AdminActs(_ports, _ports, _ports, _ports, _ports, clock),
            clock
        ).Handle(new ResetMfaCommand(subject), CancellationToken.None);
    }
}
