using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Admin;

public sealed class UnlockUserTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Forgets_the_failures_of_all_logins_of_the_user()
    {
        Assert.That((await HandleAsync()).IsSuccess, Is.True);
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "find them",
                "forget them, nikolas, kern@example.com, mfa of them",
                "guard",
                "audit AccountUnlocked",
                "save",
            ])
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

    private Task<Result> HandleAsync(Guid? subject = null) =>
        new UnlockUserHandler(
            _ports,
            _ports,
            new AdminActs(_ports, _ports, _ports, _ports, _ports, Given.Clock())
        ).Handle(new UnlockUserCommand(subject ?? _ports.Credentials!.UserId), CancellationToken.None);
}
