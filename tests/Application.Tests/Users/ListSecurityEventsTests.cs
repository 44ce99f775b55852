using Fitnessify.Application.Common;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Moq;

namespace Fitnessify.Application.Tests.Users;

public sealed class ListSecurityEventsTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Answers_with_the_page_of_own_events()
    {
        AuditEvent[] events =
        [
            AuditEvent.Of(AuditEventType.SignedOut, _ports.Id, _ports, Given.Now),
            AuditEvent.Of(AuditEventType.SignedIn, _ports.Id, _ports, Given.Now.AddHours(-1)),
        ];

        var result = await ListAsync(new Page<AuditEvent>(events, "next"));

        Assert.That(result.Value?.Items.Select(item => item.Id), Is.EqualTo(events.Select(told => told.Id)));
        Assert.That(result.Value?.NextCursor, Is.EqualTo("next"));
    }

    [Test]
    public async Task Answers_with_an_empty_last_page()
    {
        var result = await ListAsync(new Page<AuditEvent>([], null));

        Assert.That(result.Value?.Items, Is.Empty);
        Assert.That(result.Value?.NextCursor, Is.Null);
    }

    [Test]
    public async Task Passes_on_that_the_cursor_is_of_another_list()
    {
        var result = await ListAsync(CommonErrors.InvalidCursor);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [TestCase(0, "limit: out_of_range")]
    [TestCase(1, "")]
    [TestCase(200, "")]
    [TestCase(201, "limit: out_of_range")]
    public void Checks_the_limit(int limit, string error) =>
        Assert.That(
            new ListSecurityEventsValidator().ErrorTextOf(new ListSecurityEventsQuery(limit, null)),
            Is.EqualTo(error)
        );

    private Task<Result<PageDto<SecurityEventDto>>> ListAsync(Result<Page<AuditEvent>> page)
    {
        var trail = new Mock<IAuditTrail>(MockBehavior.Strict);
        trail
            .Setup(port => port.ListAsync(_ports.Id, new PageRequest(7, "from here"), CancellationToken.None))
            .ReturnsAsync(page);
        return new ListSecurityEventsHandler(_ports, trail.Object, Given.Mapper).Handle(
            new ListSecurityEventsQuery(7, "from here"),
            CancellationToken.None
        );
    }
}
