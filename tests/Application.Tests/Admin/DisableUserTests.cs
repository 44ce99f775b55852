using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

public sealed class DisableUserTests
{
    private readonly Ports _ports = new();
    private readonly Guid _subject = Guid.NewGuid();

    [Test]
    public async Task Does_it_guarded_by_the_permission_to_manage_users()
    {
        Assert.That((await HandleAsync()).IsSuccess, Is.True);
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                $"disable {_subject} at {Given.Now:O}",
                $"end sessions of {_subject}: AccountDisabled at {Given.Now:O}",
                $"withdraw tickets of {_subject}",
                "guard",
                "audit AccountDisabled",
                "save",
            ])
        );
        Assert.That(_ports.Acts, Is.EqualTo([new AdminAct(_ports.Id, _subject, Permissions.ManageUsers)]));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;
        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    private Task<Domain.Common.Result> HandleAsync()
    {
        var clock = Given.Clock();
        var acts = new AdminActs(_ports, _ports, _ports, _ports, _ports, clock);
        return new DisableUserHandler(_ports, new Factors(_ports), acts, clock).Handle(
            new DisableUserCommand(_subject),
            CancellationToken.None
        );
    }
}
