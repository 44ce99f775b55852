using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class NotifyOverdueTests
{
    private readonly StoredNotifications _stored = new();
    private readonly Backlog _backlog;
    private readonly List<OutboxMail> _mails = [];

    public NotifyOverdueTests() => _backlog = new Backlog(_stored);

    [Test]
    public async Task Notifies_each_owner_of_each_overdue_task_and_marks_the_task_as_handled()
    {
        var (mine, theirs) = (StoredNotifications.Overdue("Leg day"), StoredNotifications.Overdue("Run"));
        _backlog.Tasks.AddRange([mine, theirs]);

        var result = await NotifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(
            _stored.Rows.Select(row => (row.OwnerId, row.TaskId, row.Title, row.DueAt, row.CreatedAt)),
            Is.EqualTo([
                (mine.OwnerId, mine.TaskId, "Leg day", mine.DueAt, Given.Now),
                (theirs.OwnerId, theirs.TaskId, "Run", theirs.DueAt, Given.Now),
            ])
        );
        Assert.That(_backlog.Tasks, Is.Empty);
    }

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(500, 2)]
    [TestCase(501, 3)]
    [TestCase(1200, 4)]
    public async Task Continues_in_batches_until_no_task_is_left(int tasks, int batches)
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, tasks).Select(i => StoredNotifications.Overdue($"{i}")));

        await NotifyAsync();

        Assert.That(_backlog.Reads, Is.EqualTo(Enumerable.Repeat((Given.Now, 500), batches)));
        Assert.That(_stored.Saves, Is.EqualTo(batches - 1));
        Assert.That(_stored.Rows, Has.Count.EqualTo(tasks));
    }

    [Test]
    public async Task Marks_an_already_notified_task_as_handled_without_a_second_notification()
    {
        var (notified, fresh) = (StoredNotifications.Overdue("Leg day"), StoredNotifications.Overdue("Run"));
        _stored.Store(notified);
        _backlog.Tasks.AddRange([notified, fresh]);

        await NotifyAsync();

        Assert.That(_stored.Rows.Select(row => row.TaskId), Is.EqualTo([notified.TaskId, fresh.TaskId]));
        Assert.That(_backlog.Tasks, Is.Empty);
    }

    [Test]
    public async Task Reads_again_and_repeats_nothing_when_another_instance_was_faster()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 3).Select(i => StoredNotifications.Overdue($"{i}")));
        var (quick, all) = (_backlog.Tasks[1], _backlog.Tasks.Select(task => task.TaskId).ToList());
        _stored.BeforeNextSave = () => _stored.Store(quick);

        var result = await NotifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_stored.Rows.Select(row => row.TaskId), Is.EquivalentTo(all));
        Assert.That(_backlog.Tasks, Is.Empty);
    }

    [Test]
    public async Task Reads_again_and_notifies_the_others_when_an_owner_is_deleted_meanwhile()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 3).Select(i => StoredNotifications.Overdue($"{i}")));
        var gone = _backlog.Tasks[1];
        _stored.Failure = SessionErrors.SessionRevoked;
        _stored.BeforeNextSave = () =>
        {
            _backlog.Tasks.Remove(gone);
            _stored.BeforeNextSave = () => _stored.Failure = null;
        };

        var result = await NotifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_stored.Rows.Select(row => row.Title), Is.EqualTo((string[])["1", "3"]));
    }

    [Test]
    public async Task Returns_any_other_error_and_leaves_the_rest_for_the_next_run()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 501).Select(i => StoredNotifications.Overdue($"{i}")));
        _stored.Failure = Given.Failure;

        var result = await NotifyAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_backlog.Reads, Has.Count.EqualTo(1));
        _stored.Failure = null;
        Assert.That((await NotifyAsync()).IsSuccess, Is.True);
        Assert.That(_stored.Rows, Has.Count.EqualTo(501));
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 1200).Select(i => StoredNotifications.Overdue($"{i}")));
        using var stopping = new CancellationTokenSource();
        _backlog.AfterRead = () =>
        {
            if (_stored.Saves == 1)
            {
                stopping.Cancel();
            }
        };

        Assert.That(() => NotifyAsync(stopping.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_stored.Rows, Has.Count.EqualTo(500));
    }

    [Test]
    public async Task Sends_one_mail_to_each_owner_who_wants_mails_at_a_confirmed_address()
    {
        var notified = StoredNotifications.Overdue("Notified") with { EmailConfirmed = true, WantsMail = true };
        var another = notified with { TaskId = Guid.NewGuid(), Title = "Another" };
        var unconfirmed = StoredNotifications.Overdue("Unconfirmed") with { WantsMail = true };
        var unwanted = StoredNotifications.Overdue("Unwanted") with { EmailConfirmed = true };
        _backlog.Tasks.AddRange([notified, unconfirmed, unwanted, another]);

        await NotifyAsync();

        var mail = _mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.NextAttemptAt),
            Is.EqualTo((MailKind.TaskOverdue, notified.OwnerId, Given.Now))
        );
        Assert.That(
            _stored.Rows.ToDictionary(row => row.Title, row => row.MailId),
            Is.EquivalentTo(
                new Dictionary<string, Guid?>
                {
                    ["Notified"] = mail.Id,
                    ["Another"] = mail.Id,
                    ["Unconfirmed"] = null,
                    ["Unwanted"] = null,
                }
            )
        );
    }

    [Test]
    public async Task Reads_the_clock_for_each_batch()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 501).Select(i => StoredNotifications.Overdue($"{i}")));
        _stored.BeforeNextSave = () => _stored.Clock.AdjustTime(Given.Now.AddSeconds(1));

        await NotifyAsync();

        Assert.That(
            _backlog.Reads.Select(read => read.Now),
            Is.EqualTo([Given.Now, Given.Now.AddSeconds(1), Given.Now.AddSeconds(1)])
        );
        Assert.That(_stored.Rows[^1].CreatedAt, Is.EqualTo(Given.Now.AddSeconds(1)));
    }

    private Task<Result> NotifyAsync(CancellationToken cancellationToken = default) =>
        new NotifyOverdueHandler(_backlog, _stored, Outbox(), _stored, _stored.Clock).Handle(
            new NotifyOverdueCommand(),
            cancellationToken
        );

    private IMailOutbox Outbox()
    {
        var outbox = new Mock<IMailOutbox>(MockBehavior.Strict);
        outbox.Setup(box => box.Add(It.IsAny<OutboxMail>())).Callback<OutboxMail>(_mails.Add);
        return outbox.Object;
    }

    /// <summary>Returns the overdue tasks whose owners have not been notified yet.</summary>
    private sealed class Backlog(StoredNotifications stored) : IOverdueTasks
    {
        public List<OverdueTask> Tasks { get; } = [];

        public List<(DateTimeOffset Now, int Limit)> Reads { get; } = [];

        public Action? AfterRead { get; set; }

        public Task<IReadOnlyList<OverdueTask>> ListAsync(
            DateTimeOffset now,
            int limit,
            CancellationToken cancellationToken
        )
        {
            Reads.Add((now, limit));
            AfterRead?.Invoke();
            return Task.FromResult<IReadOnlyList<OverdueTask>>([
                .. Tasks.Take(limit).Select(task => task with { IsNotified = stored.HasNotified(task) }),
            ]);
        }

        public void Settle(DateTimeOffset now) => stored.OnSave(() => Tasks.RemoveAll(stored.HasNotified));
    }
}
