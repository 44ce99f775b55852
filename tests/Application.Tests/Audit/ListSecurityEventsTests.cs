using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Audit;

public sealed class ListSecurityEventsTests : UseCaseTests
{
    private Guid _me;

    [SetUp]
    public async Task SignIn() => _me = (await SignInNewUserAsync()).UserId;

    [Test]
    public async Task Returns_a_page_of_the_callers_events_newest_first()
    {
        await AddAsync(AuditEvent.Of(AuditEventType.SignedIn, _me, Server.Caller, Given.Now.AddHours(-2)));
        await AddAsync(AuditEvent.Of(AuditEventType.PasswordChanged, _me, Server.Caller, Given.Now.AddHours(-1)));
        await AddAsync(AuditEvent.Of(AuditEventType.SignedOut, _me, Server.Caller, Given.Now));
        await AddAsync(AuditEvent.Of(AuditEventType.SignedOut, Guid.NewGuid(), Server.Caller, Given.Now));

        var first = (await ListAsync()).Value!;
        var last = (await ListAsync(first.NextCursor)).Value!;

        Assert.That(
            first.Items.Select(item => item.Type),
            Is.EqualTo([AuditEventType.SignedOut, AuditEventType.PasswordChanged])
        );
        Assert.That(last.Items.Select(item => item.Type), Is.EqualTo([AuditEventType.SignedIn]));
        Assert.That(last.NextCursor, Is.Null);
    }

    [Test]
    public async Task Shows_actions_of_others_without_their_network_address()
    {
        var adminId = Guid.NewGuid();
        await AddAsync(
            AuditEvent.ByAdmin(AuditEventType.RolesChanged, adminId, _me, Server.Caller, Given.Now, Guid.NewGuid())
        );

        var recorded = (await ListAsync()).Value!.Items.Single();

        Assert.That((recorded.Type, recorded.ActorId), Is.EqualTo((AuditEventType.RolesChanged, (Guid?)adminId)));
        Assert.That((recorded.IpAddress, recorded.SessionId), Is.EqualTo(((string?)null, (Guid?)null)));
    }

    [Test]
    public async Task Returns_an_empty_last_page()
    {
        var page = (await ListAsync()).Value!;

        Assert.That(page.Items, Is.Empty);
        Assert.That(page.NextCursor, Is.Null);
    }

    [TestCase("no cursor")]
    [TestCase(null, TestName = "Refuses the cursor of another user")]
    public async Task Refuses_the_cursor_of_another_list(string? cursor)
    {
        for (var hour = 0; hour < 3; hour++)
        {
            await AddAsync(AuditEvent.Of(AuditEventType.SignedIn, _me, Server.Caller, Given.Now.AddHours(-hour)));
        }

        cursor ??= (await ListAsync()).Value!.NextCursor;
        await SignInNewUserAsync();

        Assert.That((await ListAsync(cursor)).Error, Is.EqualTo(CommonErrors.InvalidCursor));
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

    private Task AddAsync(AuditEvent auditEvent) => SaveAsync((IAuditTrail audit) => audit.Add(auditEvent));

    private Task<Result<PageDto<SecurityEventDto>>> ListAsync(string? cursor = null) =>
        SendAsync(new ListSecurityEventsQuery(2, cursor));
}
