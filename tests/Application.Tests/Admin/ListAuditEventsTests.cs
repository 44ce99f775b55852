using Fitnessify.Application.Admin;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ListAuditEventsTests : AdminTests
{
    /// <summary>The user enters a wrong password, and the correct one a day later.</summary>
    [SetUp]
    public async Task CreateEvents()
    {
        await SendAsync(new LoginUserCommand(User.Username, "wrong"));
        Server.Clock.Advance(TimeSpan.FromDays(1));
        await SendAsync(new LoginUserCommand(User.Username, Password));
    }

    [Test]
    public async Task Lists_the_events_of_the_user_newest_first()
    {
        var page = await ListAsync();

        var stored = await Records.EventsAsync(User.UserId);
        Assert.That(page.Items, Is.EqualTo(stored.Select(Given.Mapper.Map<SecurityEventDto>).Reverse()));
        Assert.That(
            page.Items.Select(item => item.Type),
            Is.EqualTo([AuditEventType.SignedIn, AuditEventType.SignInFailed])
        );
        Assert.That(page.NextCursor, Is.Null);
    }

    [TestCase("signedIn", null, null, AuditEventType.SignedIn)]
    [TestCase("signInFailed", null, null, AuditEventType.SignInFailed)]
    [TestCase(null, "2026-03-14T16:09:26.536+01:00", null, AuditEventType.SignedIn)]
    [TestCase(null, null, "2026-03-15T15:09:26.535Z", AuditEventType.SignInFailed)]
    [TestCase("signInFailed", "2026-03-14T16:09:26.535+01:00", "2026-03-14T15:09:26.536Z", AuditEventType.SignInFailed)]
    public async Task Filters_by_type_and_time(string? type, string? from, string? to, AuditEventType expected) =>
        Assert.That((await ListAsync(type, from, to)).Items.Select(item => item.Type), Is.EqualTo([expected]));

    [Test]
    public async Task A_cursor_continues_only_for_the_same_caller()
    {
        var first = await ListAsync(limit: 1);
        var next = new ListAuditEventsQuery(User.UserId, null, null, null, 1, first.NextCursor);
        var second = (await SendAsync(next)).Value!;

        Assert.That(
            first.Items.Concat(second.Items).Select(item => item.Type),
            Is.EqualTo([AuditEventType.SignedIn, AuditEventType.SignInFailed])
        );
        Assert.That(second.NextCursor, Is.Null);
        await SignInNewUserAsync();
        await FailsAsync(next, "invalid_cursor");
    }

    [TestCase(null, null, null, 50, "")]
    [TestCase("signedIn", "2026-03-14T16:09:26Z", "2026-03-14T16:09:26+01:00", 200, "")]
    [TestCase("SignedIn", null, null, 50, "type: not_allowed")]
    [TestCase(null, "2026-03-14", null, 50, "from: invalid_format")]
    [TestCase(null, null, "now", 50, "to: invalid_format")]
    [TestCase(null, null, null, 201, "limit: out_of_range")]
    public void Validates_the_query(string? type, string? from, string? to, int limit, string error) =>
        Assert.That(
            new ListAuditEventsValidator().ErrorTextOf(new ListAuditEventsQuery(null, type, from, to, limit, null)),
            Is.EqualTo(error)
        );

    private async Task<PageDto<SecurityEventDto>> ListAsync(
        string? type = null,
        string? from = null,
        string? to = null,
        int limit = 50
    ) => (await SendAsync(new ListAuditEventsQuery(User.UserId, type, from, to, limit, null))).Value!;
}
