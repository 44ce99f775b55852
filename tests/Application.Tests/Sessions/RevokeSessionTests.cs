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
    public async Task Ends_any_session_of_the_caller_and_records_an_audit_event(bool isAsking)
    {
        var (ended, kept) = (await Server.SignInAsync(_me), await Server.SignInAsync(_me));
        Server.Caller.Session = isAsking ? ended : kept;

        Assert.That((await SendAsync(new RevokeSessionCommand(ended.Id))).Error, Is.Null);

        var row = await SessionAsync(ended);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.EndedElsewhere, Given.Now)));
        Assert.That((await SessionAsync(kept)).RevokedAt, Is.Null);
        Assert.That(
            await RecordedAsync(_me),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.SessionEnded, _me, ended.Id, ended.Device)])
        );
        await AssertTimeAndAddressAsync(_me);
    }

    [Test]
    public async Task Does_not_find_a_session_that_is_unknown_ended_expired_or_of_another_user()
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
        Assert.That(await RecordedAsync(_me), Has.Count.EqualTo(1));
    }
}
