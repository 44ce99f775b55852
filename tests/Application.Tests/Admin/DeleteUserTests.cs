using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Admin;

public sealed class DeleteUserTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Removes_the_account_with_its_failures_and_records_who_did_it()
    {
        Assert.That((await HandleAsync(_ports.Credentials!.UserId)).IsSuccess, Is.True);
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "find them",
                "forget them, nikolas, kern@example.com, mfa of them",
                "remove them",
                "guard",
                "audit AccountDeleted",
                "save",
            ])
        );
        Assert.That(_ports.Events.Single().ActorId, Is.EqualTo(_ports.Id));
    }

    [Test]
    public async Task Does_not_find_who_is_not_there()
    {
        _ports.Credentials = null;
        Assert.That((await HandleAsync(Guid.NewGuid())).Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(_ports.Steps, Has.None.EqualTo("save"));
    }

    private Task<Result> HandleAsync(Guid subject) =>
        new DeleteUserHandler(
            new AccountRemoval(_ports, _ports),
            new AdminActs(_ports, _ports, _ports, _ports, _ports, Given.Clock())
        ).Handle(new DeleteUserCommand(subject), CancellationToken.None);
}
