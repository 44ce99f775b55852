using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

public sealed class LogoutUserTests
{
    private static readonly SessionLifetime Lifetime = new(TimeSpan.FromDays(1), TimeSpan.FromDays(1));

    private readonly Session _session = Session.Start(Guid.NewGuid(), null, null, Lifetime, Given.Now.AddHours(-1));
    private readonly ManualClock _clock = new();

    [Test]
    public async Task Ends_the_session_that_asks_and_saves()
    {
        var unitOfWork = Given.UnitOfWork();

        var result = await HandleAsync(_session, unitOfWork);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_session.RevokedReason, Is.EqualTo(SessionEnd.SignedOut));
        Assert.That(_session.RevokedAt, Is.EqualTo(Given.Now));
        unitOfWork.IsSavedOnce();
    }

    [Test]
    public async Task Succeeds_when_the_session_is_gone_already()
    {
        var result = await HandleAsync(null, Given.UnitOfWork());

        Assert.That(result.IsSuccess, Is.True);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        var result = await HandleAsync(_session, Given.UnitOfWork(Given.Failure));

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result> HandleAsync(Session? found, Mock<IUnitOfWork> unitOfWork)
    {
        var sessions = new Mock<ISessionRepository>(MockBehavior.Strict);
        sessions
            .Setup(port => port.FindAsync(_session.OwnerId, _session.Id, CancellationToken.None))
            .ReturnsAsync(found);
        var handler = new LogoutUserHandler(
            Given.CurrentUser(_session.OwnerId, _session.Id),
            sessions.Object,
            unitOfWork.Object,
            _clock
        );
        return handler.Handle(new LogoutUserCommand(), CancellationToken.None);
    }
}
