using Fitnessify.Application.Auth;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Result = Fitnessify.Domain.Common.Result;

namespace Fitnessify.Infrastructure.Tests.Audit;

public sealed class AuditTrailTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();
    private readonly Guid _subject = Guid.CreateVersion7();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Lists_the_events_of_one_user_newest_first()
    {
        await AddAsync(_subject, [0, 2, 1]);
        await AddAsync(Guid.CreateVersion7(), [3]);

        var page = (await ListAsync(10)).Value!;

        Assert.That(page.Items.Select(item => (item.At - Now).TotalSeconds), Is.EqualTo([2, 1, 0]));
        Assert.That(page.Items.Select(item => item.SubjectId), Is.All.EqualTo(_subject));
        Assert.That(page.NextCursor, Is.Null);
    }

    [Test]
    public async Task The_list_is_empty_without_events() => Assert.That((await ListAsync(1)).Value!.Items, Is.Empty);

    [Test]
    public void Pages_of_any_size_form_the_whole_list_in_order()
    {
        // Few distinct moments for many events make pages end between events of the same moment.
        var moments = Gen.Choose(0, 3).ListOf().Resize(15).ToArbitrary();
        Prop.ForAll(
                moments,
                async seconds =>
                {
                    var subject = Guid.CreateVersion7();
                    await AddAsync(subject, seconds);
                    var whole = (await ListAsync(PageRequest.MaxLimit, null, subject)).Value!.Items;
                    Assert.That(whole.Select(item => (item.At - Now).TotalSeconds), Is.EquivalentTo(seconds));
                    Assert.That(whole.Select(item => item.At), Is.Ordered.Descending);
                    for (var size = 1; size <= seconds.Count + 1; size++)
                    {
                        Assert.That(
                            await ListAllAsync(size, subject),
                            Is.EqualTo(whole.Select(item => item.Id)),
                            $"pages of {size}"
                        );
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Test]
    public async Task New_events_between_two_pages_do_not_shift_the_second()
    {
        await AddAsync(_subject, [0, 1, 2]);
        var first = (await ListAsync(2)).Value!;
        await AddAsync(_subject, [5]);

        var second = (await ListAsync(2, first.NextCursor)).Value!;

        Assert.That(second.Items.Select(item => (item.At - Now).TotalSeconds), Is.EqualTo([0]));
    }

    [TestCase("another user's")]
    [TestCase("another list's")]
    [TestCase("tampered")]
    [TestCase("truncated")]
    [TestCase("empty")]
    [TestCase("garbage")]
    [TestCase("no base64")]
    [TestCase("another server's")]
    public async Task Refuses_a_cursor_that_is(string kind)
    {
        await AddAsync(_subject, [0, 1]);
        var (cursor, position) = (
            (await ListAsync(1)).Value!.NextCursor!,
            new CursorPosition(KeysetPaging.Write(Now), Guid.Empty.ToString())
        );
        var middle = cursor.Length / 2;
        await using var elsewhere = await TestDatabase.MigratedAsync();
        await using var stranger = elsewhere.Start();
        var forged = kind switch
        {
            "another user's" => _server.Get<CursorFormat>().Write("security-events", Guid.CreateVersion7(), position),
            "another list's" => _server.Get<CursorFormat>().Write("tasks", _subject, position),
            "tampered" => $"{cursor[..middle]}{(cursor[middle] == 'A' ? 'B' : 'A')}{cursor[(middle + 1)..]}",
            "truncated" => cursor[..middle],
            "empty" => "",
            "garbage" => "abcd",
            "no base64" => "\u00e9!" + cursor,
            _ => stranger.Get<CursorFormat>().Write("security-events", _subject, position),
        };

        Assert.That((await ListAsync(1, cursor)).IsSuccess, Is.True);
        Assert.That((await ListAsync(1, forged)).Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_page_is_read_from_the_index_without_sorting(bool second)
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        await server.Services.MigrateDatabaseAsync();
        var cursor = second
            ? server
                .Get<CursorFormat>()
                .Write("security-events", _subject, new CursorPosition(KeysetPaging.Write(Now), Guid.Empty.ToString()))
            : null;
        await server.UseAsync((IAuditTrail audit) => audit.ListAsync(_subject, new PageRequest(1, null), default));
        List<string> plan = [];
        server.Commands.Before = async command => plan = await Commands.ExplainAsync(command);

        await server.UseAsync((IAuditTrail audit) => audit.ListAsync(_subject, new PageRequest(1, cursor), default));

        Assert.That(plan, Has.One.Items);
        Assert.That(plan[0], Does.Match("^SEARCH .* USING INDEX IX_AuditEvents_SubjectId_At_Id "));
        Assert.That(plan[0], Does.Contain(second ? "(SubjectId=? AND At<?)" : "(SubjectId=?)"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_failed_sign_in_is_stored_with_its_network_address(bool known)
    {
        var user = await _server.SignUpAsync("correct horse battery staple");
        var login = known ? user.Username : Instance.NewName();

        await _server.SendAsync(new LoginUserCommand(login, "wrong horse battery staple", "Phone"));

        var address = _server.Caller.IpAddress;
        var stored = await _server.UseAsync(
            (AppDbContext context) => context.AuditEvents.SingleAsync(row => row.IpAddress == address)
        );
        Assert.That(
            (stored.Type, stored.Outcome, stored.At, stored.Device),
            Is.EqualTo((AuditEventType.SignInFailed, AuditOutcome.Failed, Now, "Phone"))
        );
        Assert.That(stored.SubjectId, Is.EqualTo(known ? user.Id : null));
        Assert.That((stored.ActorId, stored.SessionId), Is.EqualTo(((Guid?)null, (Guid?)null)));
    }

    private DateTimeOffset Now => _server.Clock.GetUtcNow();

    private Task<Result> AddAsync(Guid subject, IEnumerable<int> seconds) =>
        _server.SaveAsync(context =>
            context.AuditEvents.AddRange(
                seconds.Select(second =>
                    AuditEvent.Of(AuditEventType.SignedIn, subject, _server.Caller, Now.AddSeconds(second))
                )
            )
        );

    private Task<Result<Page<AuditEvent>>> ListAsync(int limit, string? cursor = null, Guid? subject = null) =>
        _server.UseAsync(
            (IAuditTrail audit) => audit.ListAsync(subject ?? _subject, new PageRequest(limit, cursor), default)
        );

    private async Task<List<Guid>> ListAllAsync(int size, Guid subject)
    {
        List<Guid> all = [];
        string? cursor = null;
        do
        {
            var page = (await ListAsync(size, cursor, subject)).Value!;
            Assert.That(page.Items, Has.Count.InRange(cursor is null ? 0 : 1, size));
            all.AddRange(page.Items.Select(item => item.Id));
            cursor = page.NextCursor;
        } while (cursor is not null);

        return all;
    }
}
