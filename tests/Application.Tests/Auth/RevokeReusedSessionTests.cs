using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RevokeReusedSessionTests : UseCaseTests
{
    [Test]
    public async Task Ends_the_session_once_and_records_an_audit_event()
    {
        var session = await Server.SignInAsync((await SignUpAsync()).UserId);

        await FailsAsync(new RevokeReusedSessionCommand(session.Id), "refresh_token_reused");
        await FailsAsync(new RevokeReusedSessionCommand(session.Id), "session_revoked");

        Assert.That((await SessionAsync(session)).RevokedReason, Is.EqualTo(SessionEnd.RefreshReused));
        Assert.That(
            await RecordedAsync(session.OwnerId),
            Is.EqualTo([
                new RecordedEvent(
                    AuditEventType.RefreshReused,
                    AuditOutcome.Failed,
                    null,
                    session.OwnerId,
                    session.Id,
                    session.Device
                ),
            ])
        );
    }
}
