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
    public async Task Tells_each_owner_of_each_task_and_settles_it()
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
    public async Task Goes_on_in_batches_until_none_are_left(int tasks, int batches)
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, tasks).Select(i => StoredNotifications.Overdue($"{i}")));

        await NotifyAsync();

        Assert.That(_backlog.Asked, Is.EqualTo(Enumerable.Repeat((Given.Now, 500), batches)));
        Assert.That(_stored.Saves, Is.EqualTo(batches - 1));
        Assert.That(_stored.Rows, Has.Count.EqualTo(tasks));
    }

    [Test]
    public async Task Of_what_has_been_told_before_it_only_settles()
    {
        var (told, fresh) = (StoredNotifications.Overdue("Leg day"), StoredNotifications.Overdue("Run"));
        _stored.Store(told);
        _backlog.Tasks.AddRange([told, fresh]);

        await NotifyAsync();

        Assert.That(_stored.Rows.Select(row => row.TaskId), Is.EqualTo([told.TaskId, fresh.TaskId]));
        Assert.That(_backlog.Tasks, Is.Empty);
    }

    [Test]
    public async Task When_another_instance_was_quicker_it_asks_anew_and_repeats_nothing()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 3).Select(i => StoredNotifications.Overdue($"{i}")));
        var (quick, all) = (_backlog.Tasks[1], _backlog.Tasks.Select(task => task.TaskId).ToList());
        _stored.Meanwhile = () => _stored.Store(quick);

        var result = await NotifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_stored.Rows.Select(row => row.TaskId), Is.EquivalentTo(all));
        Assert.That(_backlog.Tasks, Is.Empty);
    }

    [Test]
    public async Task When_an_owner_goes_meanwhile_it_asks_anew_and_tells_all_others()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 3).Select(i => StoredNotifications.Overdue($"{i}")));
        var gone = _backlog.Tasks[1];
        _stored.Failure = SessionErrors.SessionRevoked;
        _stored.Meanwhile = () =>
        {
            _backlog.Tasks.Remove(gone);
            _stored.Meanwhile = () => _stored.Failure = null;
        };

        var result = await NotifyAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_stored.Rows.Select(row => row.Title), Is.EqualTo((string[])["1", "3"]));
    }

    [Test]
    public async Task Passes_on_any_other_failure_and_leaves_the_rest_to_the_next_time()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 501).Select(i => StoredNotifications.Overdue($"{i}")));
        _stored.Failure = Given.Failure;

        var result = await NotifyAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_backlog.Asked, Has.Count.EqualTo(1));
        _stored.Failure = null;
        Assert.That((await NotifyAsync()).IsSuccess, Is.True);
        Assert.That(_stored.Rows, Has.Count.EqualTo(501));
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_does()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 1200).Select(i => StoredNotifications.Overdue($"{i}")));
        using var stopping = new CancellationTokenSource();
        _backlog.Meanwhile = () =>
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
    public async Task One_mail_goes_to_each_of_those_who_want_them_and_whose_address_is_confirmed()
    {
        var told = StoredNotifications.Overdue("Told") with { EmailConfirmed = true, WantsMail = true };
        var another = told with { TaskId = Guid.NewGuid(), Title = "Another" };
        var unconfirmed = StoredNotifications.Overdue("Unconfirmed") with { WantsMail = true };
        var unwanted = StoredNotifications.Overdue("Unwanted") with { EmailConfirmed = true };
        _backlog.Tasks.AddRange([told, unconfirmed, unwanted, another]);

        await NotifyAsync();

        var mail = _mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.NextAttemptAt),
            Is.EqualTo((MailKind.TaskOverdue, told.OwnerId, Given.Now))
        );
        Assert.That(
            _stored.Rows.ToDictionary(row => row.Title, row => row.MailId),
            Is.EquivalentTo(
                new Dictionary<string, Guid?>
                {
                    ["Told"] = mail.Id,
                    ["Another"] = mail.Id,
                    ["Unconfirmed"] = null,
                    ["Unwanted"] = null,
                }
            )
        );
    }

    [Test]
    public async Task Looks_at_the_clock_for_each_batch()
    {
        _backlog.Tasks.AddRange(Enumerable.Range(1, 501).Select(i => StoredNotifications.Overdue($"{i}")));
        _stored.Meanwhile = () => _stored.Clock.AdjustTime(Given.Now.AddSeconds(1));

        await NotifyAsync();

        Assert.That(
            _backlog.Asked.Select(asked => asked.Now),
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

    /// <summary>Overdue tasks that have not been settled.</summary>
    private sealed class Backlog(StoredNotifications stored) : IOverdueTasks
    {
        public List<OverdueTask> Tasks { get; } = [];

        public List<(DateTimeOffset Now, int Limit)> Asked { get; } = [];

        public Action? Meanwhile { get; set; }

        public Task<IReadOnlyList<OverdueTask>> ListAsync(
            DateTimeOffset now,
            int limit,
            CancellationToken cancellationToken
        )
        {
            Asked.Add((now, limit));
            Meanwhile?.Invoke();
            return Task.FromResult<IReadOnlyList<OverdueTask>>([
                .. Tasks.Take(limit).Select(task => task with { IsNotified = stored.Tells(task) }),
            ]);
        }

        public void Settle(DateTimeOffset now) => stored.OnSave(() => Tasks.RemoveAll(stored.Tells));
    }
}
