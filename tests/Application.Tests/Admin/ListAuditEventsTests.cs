using Fitnessify.Application.Admin;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Moq;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ListAuditEventsTests
{
    private readonly Ports _ports = new();
    private readonly Mock<IAuditTrail> _audit = new(MockBehavior.Strict);

    [Test]
    public async Task Asks_for_the_page_of_the_caller_and_passes_it_on()
    {
        var user = Guid.NewGuid();
        var filter = new AuditFilter(user, AuditEventType.SignedIn, Given.Now, Given.Now.AddDays(1));
        var found = AuditEvent.Of(AuditEventType.SignedIn, user, _ports, Given.Now);
        _audit
            .Setup(port => port.SearchAsync(_ports.Id, filter, new PageRequest(7, "cursor"), default))
            .ReturnsAsync(new Page<AuditEvent>([found], "next"));

        var page = await ListAsync(
            new(user, "signedIn", "2026-03-14T16:09:26.535+01:00", "2026-03-15T15:09:26.535Z", 7, "cursor")
        );

        Assert.That(page.Value!.Items.Select(item => item.Id), Is.EqualTo([found.Id]));
        Assert.That(page.Value.NextCursor, Is.EqualTo("next"));
    }

    [Test]
    public async Task Passes_on_that_a_cursor_is_wrong()
    {
        _audit
            .Setup(port =>
                port.SearchAsync(_ports.Id, new AuditFilter(null, null, null, null), new PageRequest(1, "x"), default)
            )
            .ReturnsAsync(CommonErrors.InvalidCursor);
        var page = await ListAsync(new(null, null, null, null, 1, "x"));
        Assert.That(page.Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [TestCase(null, null, null, 50, "")]
    [TestCase("signedIn", "2026-03-14T16:09:26Z", "2026-03-14T16:09:26+01:00", 200, "")]
    [TestCase("SignedIn", null, null, 50, "type: not_allowed")]
    [TestCase(null, "2026-03-14", null, 50, "from: invalid_format")]
    [TestCase(null, null, "now", 50, "to: invalid_format")]
    [TestCase(null, null, null, 201, "limit: out_of_range")]
    public void Has_a_shape(string? type, string? from, string? to, int limit, string error) =>
        Assert.That(
            new ListAuditEventsValidator().ErrorTextOf(new ListAuditEventsQuery(null, type, from, to, limit, null)),
            Is.EqualTo(error)
        );

    private Task<Result<PageDto<SecurityEventDto>>> ListAsync(ListAuditEventsQuery query) =>
        new ListAuditEventsHandler(_ports, _audit.Object, Given.Mapper).Handle(query, default);
}
