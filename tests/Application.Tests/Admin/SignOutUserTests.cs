using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SignOutUserTests
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
                $"end sessions of {_subject}: EndedByAdmin at {Given.Now:O}",
                "guard",
                "audit AllSessionsEnded",
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
        return new SignOutUserHandler(_ports, acts, clock).Handle(
            new SignOutUserCommand(_subject),
            CancellationToken.None
        );
    }
}
