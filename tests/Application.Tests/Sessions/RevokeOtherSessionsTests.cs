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
        await SignInNewUserAsync();
        _asking = Server.Caller.Session!;
    }

    [Test]
    public async Task Ends_all_sessions_of_the_caller_but_the_current_one_and_records_an_audit_event()
    {
        var tablet = await Server.SignInAsync(_asking.OwnerId);
        var laptop = await Server.SignInAsync(_asking.OwnerId);
        var foreign = await Server.SignInAsync((await SignUpAsync()).UserId);

        Assert.That((await SendAsync(new RevokeOtherSessionsCommand())).Error, Is.Null);

        Assert.That(
            (await SessionsAsync(_asking, tablet, laptop, foreign)).Select(session => session.RevokedReason),
            Is.EqualTo(new SessionEnd?[] { null, SessionEnd.EndedElsewhere, SessionEnd.EndedElsewhere, null })
        );
        Assert.That(await RecordedAsync(_asking.OwnerId), Is.EquivalentTo([EndOf(tablet), EndOf(laptop)]));
        await AssertTimeAndAddressAsync(_asking.OwnerId);
    }

    [Test]
    public async Task Succeeds_when_there_is_no_other_session()
    {
        Assert.That((await SendAsync(new RevokeOtherSessionsCommand())).Error, Is.Null);

        Assert.That((await SessionAsync(_asking)).RevokedAt, Is.Null);
        Assert.That(await RecordedAsync(_asking.OwnerId), Is.Empty);
    }

    private static RecordedEvent EndOf(Session session) =>
        RecordedEvent.Of(AuditEventType.SessionEnded, session.OwnerId, session.Id, session.Device);

    private Task<Session[]> SessionsAsync(params Session[] sessions) => Task.WhenAll(sessions.Select(SessionAsync));
}
