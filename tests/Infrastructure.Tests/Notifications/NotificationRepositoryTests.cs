using Fitnessify.Application.Notifications;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Notifications;

public sealed class NotificationRepositoryTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();
    private Guid _owner;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser() => _owner = await _server.SignInNewUserAsync();

    [Test]
    public async Task Lists_the_notifications_of_the_caller_newest_first_page_by_page()
    {
        var notified = await _server.NotifyAsync(_owner, 3);
        await _server.NotifyAsync((await _server.SignUpAsync()).Id);
        notified.AddRange(await _server.NotifyAsync(_owner, 2));

        var all = await ReadAsync(null, limit: 2);

        Assert.That(all, Is.EqualTo(notified.Select(notification => notification.Id).Reverse()));
    }

    [Test]
    public async Task Trims_those_who_have_more_than_they_may_keep()
    {
        var (few, stranger) = ((await _server.SignUpAsync()).Id, (await _server.SignUpAsync()).Id);
        var notified = await _server.NotifyAsync(_owner, 1203);
        await _server.NotifyAsync(few, 3);
        await _server.NotifyAsync(stranger, 4);

        await _server.UseAsync(
            async (INotificationRepository notifications) =>
            {
                await notifications.TrimAsync([_owner, few], keep: 3, default);
                return true;
            }
        );

        Assert.That(
            await ReadAsync(null, limit: 10),
            Is.EqualTo(notified.TakeLast(3).Select(notification => notification.Id).Reverse())
        );
        Assert.That(await CountAsync(few), Is.EqualTo(3));
        Assert.That(await CountAsync(stranger), Is.EqualTo(4));
    }

    [Test]
    public async Task Lists_all_or_only_unread_or_only_read_notifications()
    {
        var notified = (await _server.NotifyAsync(_owner, 6)).ConvertAll(notification => notification.Id);
        foreach (var id in (Guid[])[notified[1], notified[2], notified[4]])
        {
            await _server.SendAsync(new ReadNotificationCommand(id));
        }

        Assert.That(await ReadAsync(true, limit: 2), Is.EqualTo([notified[5], notified[3], notified[0]]));
        Assert.That(await ReadAsync(false, limit: 2), Is.EqualTo([notified[4], notified[2], notified[1]]));
        Assert.That(await ReadAsync(null, limit: 4), Is.EqualTo(notified.AsEnumerable().Reverse()));
        Assert.That((await _server.SendAsync(new CountUnreadQuery())).Value!.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task New_notifications_between_two_pages_cause_no_duplicates_or_gaps()
    {
        var notified = await _server.NotifyAsync(_owner, 4);
        var first = (await ListAsync(null, 2)).Value!;

        await _server.NotifyAsync(_owner);
        var second = (await ListAsync(null, 2, first.NextCursor)).Value!;

        Assert.That(
            first.Items.Concat(second.Items).Select(notification => notification.Id),
            Is.EqualTo(notified.Select(notification => notification.Id).Reverse())
        );
        Assert.That(second.NextCursor, Is.Null);
    }

    [TestCase(null, true)]
    [TestCase(true, false)]
    [TestCase(false, null)]
    public async Task A_cursor_is_invalid_for_another_filter(bool? of, bool? other)
    {
        await _server.NotifyAsync(_owner, 4);
        await _server.SendAsync(new ReadAllNotificationsCommand());
        await _server.NotifyAsync(_owner, 4);
        var cursor = (await ListAsync(of, 1)).Value!.NextCursor!;

        Assert.That((await ListAsync(of, 1, cursor)).Error, Is.Null);
        Assert.That((await ListAsync(other, 1, cursor)).Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [Test]
    public async Task A_cursor_is_invalid_for_another_user()
    {
        await _server.NotifyAsync(_owner, 2);
        var cursor = (await ListAsync(null, 1)).Value!.NextCursor!;
        await _server.NotifyAsync(_owner = await _server.SignInNewUserAsync(), 2);

        Assert.That((await ListAsync(null, 1, cursor)).Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [Test]
    public async Task Finds_only_the_notifications_of_the_caller()
    {
        var mine = (await _server.NotifyAsync(_owner)).Single();
        var theirs = (await _server.NotifyAsync((await _server.SignUpAsync()).Id)).Single();

        Assert.That((await FindAsync(mine.Id))?.Id, Is.EqualTo(mine.Id));
        Assert.That(await FindAsync(theirs.Id), Is.Null);
        Assert.That(await PositionAsync(mine.Id), Is.EqualTo(mine.Sequence));
        Assert.That(await PositionAsync(theirs.Id), Is.Null);
        Assert.That(await PositionAsync(Guid.NewGuid()), Is.Null);
    }

    [Test]
    public async Task Reading_all_marks_only_the_unread_notifications_of_the_caller()
    {
        var notified = await _server.NotifyAsync(_owner, 3);
        var other = (await _server.SignUpAsync()).Id;
        await _server.NotifyAsync(other);
        await _server.SendAsync(new ReadNotificationCommand(notified[1].Id));
        var first = _server.Clock.GetUtcNow();
        _server.Clock.Advance(TimeSpan.FromHours(1));

        await _server.SendAsync(new ReadAllNotificationsCommand());

        var second = _server.Clock.GetUtcNow();
        Assert.That(
            (await _server.NotificationsAsync(_owner)).Select(of => of.ReadAt),
            Is.EqualTo([second, first, second])
        );
        Assert.That((await _server.NotificationsAsync(other)).Select(of => of.ReadAt), Is.All.Null);
    }

    [Test]
    public async Task Lists_the_notifications_of_the_caller_after_a_position_oldest_first()
    {
        var notified = await _server.NotifyAsync(_owner, 5);
        await _server.NotifyAsync((await _server.SignUpAsync()).Id);

        var after = await _server.UseAsync(
            (INotificationSequence sequence) =>
                sequence.ListAfterAsync(_owner, notified[1].Sequence, onlyUnread: false, 2, default)
        );

        Assert.That(after.Select(of => of.Id), Is.EqualTo([notified[2].Id, notified[3].Id]));
    }

    [Test]
    public async Task Notifications_are_deleted_with_the_account()
    {
        await _server.NotifyAsync(_owner);

        await _server.UseAsync(
            (AppDbContext context) => context.StoredAccounts.Where(user => user.Id == _owner).ExecuteDeleteAsync()
        );

        Assert.That(await _server.NotificationsAsync(_owner), Is.Empty);
    }

    private Task<Notification?> FindAsync(Guid id) =>
        _server.UseAsync((INotificationRepository notifications) => notifications.FindAsync(_owner, id, default));

    private Task<long?> PositionAsync(Guid id) =>
        _server.UseAsync((INotificationSequence sequence) => sequence.FindAsync(_owner, id, default));

    private Task<Result<Page<Notification>>> ListAsync(bool? unread, int limit, string? cursor = null) =>
        _server.UseAsync(
            (INotificationRepository notifications) =>
                notifications.ListAsync(_owner, unread, new PageRequest(limit, cursor), default)
        );

    /// <summary>Returns all pages.</summary>
    private async Task<List<Guid>> ReadAsync(bool? unread, int limit)
    {
        List<Guid> read = [];
        string? cursor = null;
        do
        {
            var page = (await ListAsync(unread, limit, cursor)).Value!;
            read.AddRange(page.Items.Select(notification => notification.Id));
            cursor = page.NextCursor;
        } while (cursor is not null);

        return read;
    }

    private Task<int> CountAsync(Guid ownerId) =>
        _server.UseAsync(
            (AppDbContext context) => context.Notifications.CountAsync(notification => notification.OwnerId == ownerId)
        );
}
