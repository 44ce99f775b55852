using Fitnessify.Application.Audit;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Tests.Audit;

public sealed class SecurityEventDtoTests
{
    [Test]
    public void Maps_every_member_of_the_event()
    {
        var (actor, subject, session) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var recorded = AuditEvent.Refused(
            AuditEventType.RefreshReused,
            actor,
            subject,
            new Caller { IpAddress = Given.IpAddress },
            Given.Now,
            session,
            "Tablet"
        );

        var dto = Given.Mapper.Map<SecurityEventDto>(recorded);

        Assert.That(
            dto,
            Is.EqualTo(
                new SecurityEventDto(
                    recorded.Id,
                    AuditEventType.RefreshReused,
                    Given.Now,
                    AuditOutcome.Failed,
                    Given.IpAddress,
                    "Tablet",
                    session,
                    actor,
                    subject,
                    Method: null
                )
            )
        );
    }
}
