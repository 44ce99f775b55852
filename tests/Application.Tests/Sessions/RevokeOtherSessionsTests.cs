using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class RevokeOtherSessionsTests : UseCaseTests
{
    private Session _asking = null!;

    [SetUp]
    public async Task SignIn()
    {
        await EnterAsync();
        _asking = Server.Caller.Session!;
    }

    [Test]
    public async Task Ends_all_own_sessions_but_the_one_that_asks_and_tells_the_audit_trail()
    {
        var tablet = await Server.SignInAsync(_asking.OwnerId);
        var laptop = await Server.SignInAsync(_asking.OwnerId);
        var foreign = await Server.SignInAsync((await SignUpAsync()).UserId);

        Assert.That((await SendAsync(new RevokeOtherSessionsCommand())).Error, Is.Null);

        Assert.That(
            (await SessionsAsync(_asking, tablet, laptop, foreign)).Select(session => session.RevokedReason),
            Is.EqualTo(new SessionEnd?[] { null, SessionEnd.EndedElsewhere, SessionEnd.EndedElsewhere, null })
        );
        Assert.That(await ToldAsync(_asking.OwnerId), Is.EquivalentTo([EndOf(tablet), EndOf(laptop)]));
        await AssertHereAndNowAsync(_asking.OwnerId);
    }

    [Test]
    public async Task Is_content_when_there_is_no_other()
    {
        Assert.That((await SendAsync(new RevokeOtherSessionsCommand())).Error, Is.Null);

        Assert.That((await SessionAsync(_asking)).RevokedAt, Is.Null);
        Assert.That(await ToldAsync(_asking.OwnerId), Is.Empty);
    }

    private static Told EndOf(Session session) =>
        Told.Of(AuditEventType.SessionEnded, session.OwnerId, session.Id, session.Device);

    private Task<Session[]> SessionsAsync(params Session[] sessions) => Task.WhenAll(sessions.Select(SessionAsync));
}
