using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class EndSessionTests : UseCaseTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_one_of_the_own_sessions_the_asking_one_too_and_tells_the_audit_trail(bool isAsking)
    {
        var me = (await EnterAsync()).UserId;
        var asking = Server.Caller.Session!;
        var other = await Server.SignInAsync(me);
        var (ended, kept) = isAsking ? (asking, other) : (other, asking);

        Assert.That((await SendAsync(new EndSessionCommand(ended.Id))).Error, Is.Null);

        var row = await SessionAsync(ended);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.EndedElsewhere, Given.Now)));
        Assert.That((await SessionAsync(kept)).RevokedAt, Is.Null);
        Assert.That(
            await ToldAsync(me),
            Is.EqualTo([new Told(AuditEventType.SessionEnded, AuditOutcome.Succeeded, me, me, ended.Id, ended.Device)])
        );
    }

    [Test]
    public async Task Finds_no_session_that_is_foreign_unknown_expired_or_has_ended()
    {
        var foreign = await Server.SignInAsync((await SignUpAsync()).UserId);
        var me = (await EnterAsync()).UserId;
        var expired = await Server.SignInAsync(me);
        Server.Clock.Advance(TimeSpan.FromDays(30));
        var ended = await Server.SignInAsync(me);
        await SendAsync(new EndSessionCommand(ended.Id));

        foreach (var id in new[] { foreign.Id, Guid.NewGuid(), expired.Id, ended.Id })
        {
            await FailsAsync(new EndSessionCommand(id), "not_found");
        }

        Assert.That((await SessionAsync(foreign)).RevokedAt, Is.Null);
        Assert.That(await ToldAsync(me), Has.Count.EqualTo(1));
    }
}
