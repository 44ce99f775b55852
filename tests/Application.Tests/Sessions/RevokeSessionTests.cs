using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class RevokeSessionTests : UseCaseTests
{
    private Guid _me;

    [SetUp]
    public async Task SignUp() => _me = (await SignUpAsync()).UserId;

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_one_of_the_own_sessions_the_asking_one_too_and_tells_the_audit_trail(bool isAsking)
    {
        var (ended, kept) = (await Server.SignInAsync(_me), await Server.SignInAsync(_me));
        Server.Caller.Session = isAsking ? ended : kept;

        Assert.That((await SendAsync(new RevokeSessionCommand(ended.Id))).Error, Is.Null);

        var row = await SessionAsync(ended);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.EndedElsewhere, Given.Now)));
        Assert.That((await SessionAsync(kept)).RevokedAt, Is.Null);
        Assert.That(
            await ToldAsync(_me),
            Is.EqualTo([Told.Of(AuditEventType.SessionEnded, _me, ended.Id, ended.Device)])
        );
        await AssertHereAndNowAsync(_me);
    }

    [Test]
    public async Task Finds_no_session_that_is_foreign_unknown_expired_or_has_ended()
    {
        var expired = await Server.SignInAsync(_me);
        Server.Clock.Advance(TimeSpan.FromDays(30));
        Server.Caller.Session = await Server.SignInAsync(_me);
        var ended = await Server.SignInAsync(_me);
        await SendAsync(new RevokeSessionCommand(ended.Id));
        var foreign = await Server.SignInAsync((await SignUpAsync()).UserId);

        foreach (var id in new[] { foreign.Id, Guid.NewGuid(), expired.Id, ended.Id })
        {
            Assert.That((await SendAsync(new RevokeSessionCommand(id))).Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That((await SessionAsync(foreign)).RevokedAt, Is.Null);
        Assert.That((await SessionAsync(expired)).RevokedAt, Is.Null);
        Assert.That(await ToldAsync(_me), Has.Count.EqualTo(1));
    }
}
