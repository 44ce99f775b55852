using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class EndOtherSessionsTests : UseCaseTests
{
    [Test]
    public async Task Ends_all_own_sessions_but_the_one_that_asks()
    {
        var foreign = await Server.SignInAsync((await SignUpAsync()).UserId);
        var me = (await EnterAsync()).UserId;
        var tablet = await Server.SignInAsync(me);
        var laptop = await Server.SignInAsync(me);

        Assert.That((await SendAsync(new EndOtherSessionsCommand())).Error, Is.Null);

        Assert.That((await SessionAsync(Server.Caller.Session!)).RevokedAt, Is.Null);
        Assert.That((await SessionAsync(foreign)).RevokedAt, Is.Null);
        Assert.That((await SessionAsync(tablet)).RevokedReason, Is.EqualTo(SessionEnd.EndedElsewhere));
        Assert.That((await SessionAsync(laptop)).RevokedReason, Is.EqualTo(SessionEnd.EndedElsewhere));
        Assert.That(await ToldAsync(me), Is.EquivalentTo([EndOf(tablet), EndOf(laptop)]));
    }

    [Test]
    public async Task Is_content_when_there_is_no_other()
    {
        var me = (await EnterAsync()).UserId;

        Assert.That((await SendAsync(new EndOtherSessionsCommand())).Error, Is.Null);

        Assert.That(await ToldAsync(me), Is.Empty);
    }

    private static Told EndOf(Session session) =>
        new(
            AuditEventType.SessionEnded,
            AuditOutcome.Succeeded,
            session.OwnerId,
            session.OwnerId,
            session.Id,
            session.Device
        );
}
