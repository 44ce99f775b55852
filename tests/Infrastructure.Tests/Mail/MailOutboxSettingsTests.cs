using Fitnessify.Application.Notifications;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>
/// The settings of a user change while a mail waits or is claimed. These tests have their own database, because the outbox
/// contains the mails of all users.
/// </summary>
public sealed class MailOutboxSettingsTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private TestDatabase _database = null!;
    private Instance _server = null!;
    private AccountProfile _user = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _user = await _server.ReaderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_mail_that_outdated_settings_postpone_is_due_at_once()
    {
        var claimed = await ClaimNoticeAsync();
        await ChangeSettingsAsync(_server);
        claimed.Postpone(_server.Clock.Now().AddHours(8));

        await StoreAsync(claimed);

        Assert.That(await TakeAsync(), Is.EqualTo([claimed.Id]));
    }

    [Test]
    public async Task A_mail_that_current_settings_postpone_waits_until_they_change()
    {
        var claimed = await ClaimNoticeAsync();
        var end = _server.Clock.Now().AddHours(8);
        claimed.Postpone(end);
        await StoreAsync(claimed);
        Assert.That((await _server.RowAsync(claimed))!.NextAttemptAt, Is.EqualTo(end));

        await ChangeSettingsAsync(_server);

        Assert.That(await TakeAsync(), Is.EqualTo([claimed.Id]));
    }

    // The time of a change is that of its request, which may have waited for others, or of a clock that differs.
    [TestCase(-5)]
    [TestCase(0)]
    [TestCase(5)]
    public async Task New_settings_leave_a_mail_to_the_instance_that_has_claimed_it(int seconds)
    {
        await using var other = _database.Start();
        _server.Clock.Advance(TimeSpan.FromSeconds(10));
        other.Clock.Advance(TimeSpan.FromSeconds(10 + seconds));
        var claimed = await ClaimNoticeAsync();

        await ChangeSettingsAsync(other);
        // A second change must not take the time of the first one for a postponement.
        await ChangeSettingsAsync(other);

        Assert.That(await TakeAsync(), Is.Empty);
        _server.Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.That(await TakeAsync(), Is.Empty);
        // It is gone.
        _server.Clock.Advance(2 * Lease);
        Assert.That(await TakeAsync(), Is.EqualTo([claimed.Id]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_outcome_of_an_attempt_is_stored_although_the_settings_have_changed_since_the_claim(
        bool isSent
    )
    {
        var claimed = await ClaimNoticeAsync();
        await ChangeSettingsAsync(_server);
        if (isSent)
        {
            claimed.Sent(_server.Clock.Now());
        }
        else
        {
            claimed.Failed("ConnectionRefused", _server.Clock.Now());
        }

        await StoreAsync(claimed);

        Assert.That(await _server.RowAsync(claimed), Is.EqualTo(claimed).UsingPropertiesComparer());
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_instance_that_is_slower_than_its_lease_postpones_nothing_that_another_has_claimed(
        bool isChanged
    )
    {
        var slow = await ClaimNoticeAsync();
        if (isChanged)
        {
            await ChangeSettingsAsync(_server);
        }

        _server.Clock.Advance(3 * Lease);
        Assert.That(await TakeAsync(), Is.EqualTo([slow.Id]));
        var claimed = await _server.RowAsync(slow);
        slow.Postpone(_server.Clock.Now().AddHours(8));

        await StoreAsync(slow);

        Assert.That(await _server.RowAsync(slow), Is.EqualTo(claimed).UsingPropertiesComparer());
    }

    private async Task<List<Guid>> TakeAsync() => [.. (await ClaimAsync()).Select(mail => mail.Id)];

    private async Task<OutboxMail> ClaimNoticeAsync()
    {
        await _server.QueueAsync(_user.Id, "Run");
        return (await ClaimAsync()).Single();
    }

    private Task<IReadOnlyList<OutboxMail>> ClaimAsync() =>
        _server.UseAsync(
            (IMailOutbox outbox) => outbox.TakeDueAsync(canWait: true, _server.Clock.Now(), 100, Lease, default)
        );

    private async Task ChangeSettingsAsync(Instance server)
    {
        server.Caller.Session = await server.SignInAsync(_user.Id);
        var changed = await server.SendAsync(new SetNotificationSettingsCommand(true, true));
        Assert.That(changed.Error, Is.Null);
    }

    private Task StoreAsync(OutboxMail mail) =>
        _server.UseAsync((IMailOutbox outbox) => outbox.StoreAsync(mail, _server.Clock.Now(), default));
}
