using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class RaiseAlertsTests
{
    private static readonly Error[] Races = [CommonErrors.PreconditionFailed, SessionErrors.SessionRevoked];

    private readonly StoredNotifications _stored = new();
    private readonly Backlog _backlog;
    private readonly List<OutboxMail> _mails = [];

    public RaiseAlertsTests() => _backlog = new Backlog(_stored);

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(500, 2)]
    [TestCase(501, 3)]
    [TestCase(1200, 4)]
    public async Task Continues_in_batches_until_no_task_is_left(int tasks, int batches)
    {
        _backlog.Add(tasks);

        await RaiseAsync();

        Assert.That(_backlog.Reads, Is.EqualTo(Enumerable.Repeat((Given.Now, 500), batches)));
        Assert.That(_stored.Saves, Is.EqualTo(batches - 1));
        Assert.That(_stored.Rows, Has.Count.EqualTo(tasks));
    }

    [TestCaseSource(nameof(Races))]
    public async Task Reads_smaller_batches_while_others_are_faster(Error race)
    {
        _backlog.Add(700);
        var refusals = 0;
        _backlog.AfterRead = () => _stored.Failure = refusals++ < 2 ? race : null;

        var result = await RaiseAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_backlog.Reads.Select(read => read.Limit), Is.EqualTo((int[])[500, 250, 125, 500, 500, 500]));
        Assert.That(_stored.Rows, Has.Count.EqualTo(700));
    }

    [Test]
    public async Task Reads_one_task_at_a_time_at_least()
    {
        _backlog.Add(2);
        var refusals = 0;
        _backlog.AfterRead = () => _stored.Failure = refusals++ < 20 ? CommonErrors.PreconditionFailed : null;

        Assert.That((await RaiseAsync()).IsSuccess, Is.True);
        Assert.That(_backlog.Reads.Min(read => read.Limit), Is.EqualTo(1));
        Assert.That(_stored.Rows, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Returns_any_other_error_and_leaves_the_rest_for_the_next_run()
    {
        _backlog.Add(501);
        _stored.Failure = Given.Failure;

        var result = await RaiseAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        Assert.That(_backlog.Reads, Has.Count.EqualTo(1));
        _stored.Failure = null;
        Assert.That((await RaiseAsync()).IsSuccess, Is.True);
        Assert.That(_stored.Rows, Has.Count.EqualTo(501));
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        _backlog.Add(1200);
        using var stopping = new CancellationTokenSource();
        _backlog.AfterRead = () =>
        {
            if (_stored.Saves == 1)
            {
                stopping.Cancel();
            }
        };

        Assert.That(() => RaiseAsync(stopping.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_stored.Rows, Has.Count.EqualTo(500));
    }

    [Test]
    public async Task Sends_one_mail_to_each_owner_who_wants_mails()
    {
        var owner = Guid.NewGuid();
        _backlog.Tasks.AddRange([("One", owner, true), ("Unwanted", Guid.NewGuid(), false), ("Another", owner, true)]);

        await RaiseAsync();

        var mail = _mails.Single();
        Assert.That((mail.Kind, mail.UserId, mail.NextAttemptAt), Is.EqualTo((MailKind.TasksDue, owner, Given.Now)));
        Assert.That(
            _stored.Rows.ToDictionary(row => row.Title, row => row.MailId),
            Is.EquivalentTo(
                new Dictionary<string, Guid?>
                {
                    ["One"] = mail.Id,
                    ["Another"] = mail.Id,
                    ["Unwanted"] = null,
                }
            )
        );
    }

    [Test]
    public async Task Keeps_the_newest_notifications_of_an_owner()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        _backlog.Tasks.Add(("Other", other, false));
        _backlog.Tasks.AddRange(
            Enumerable.Range(1, Notification.MaxPerUser + 3).Select(number => ($"{number}", one, false))
        );

        await RaiseAsync();

        Assert.That(_stored.Rows.Count(row => row.OwnerId == other), Is.EqualTo(1));
        Assert.That(
            _stored.Rows.Where(row => row.OwnerId == one).Select(row => row.Title),
            Is.EqualTo(Enumerable.Range(4, Notification.MaxPerUser).Select(number => $"{number}"))
        );
    }

    [Test]
    public async Task Reads_the_clock_for_each_batch()
    {
        _backlog.Add(501);
        _stored.BeforeNextSave = () => _stored.Clock.AdjustTime(Given.Now.AddSeconds(1));

        await RaiseAsync();

        Assert.That(
            _backlog.Reads.Select(read => read.Now),
            Is.EqualTo([Given.Now, Given.Now.AddSeconds(1), Given.Now.AddSeconds(1)])
        );
        Assert.That(_stored.Rows[^1].CreatedAt, Is.EqualTo(Given.Now.AddSeconds(1)));
    }

    private Task<Result> RaiseAsync(CancellationToken cancellationToken = default) =>
        new RaiseAlertsHandler(_backlog, _stored, Outbox(), _stored, _stored.Clock).Handle(
            new RaiseAlertsCommand(),
            cancellationToken
        );

    private IMailOutbox Outbox()
    {
        var outbox = new Mock<IMailOutbox>(MockBehavior.Strict);
        outbox.Setup(box => box.Add(It.IsAny<OutboxMail>())).Callback<OutboxMail>(_mails.Add);
        return outbox.Object;
    }

    /// <summary>Holds overdue tasks until a save has stored their alerts.</summary>
    private sealed class Backlog(StoredNotifications stored) : IAlertingTasks
    {
        public List<(string Title, Guid OwnerId, bool WantsMail)> Tasks { get; } = [];

        public List<(DateTimeOffset Now, int Limit)> Reads { get; } = [];

        public Action? AfterRead { get; set; }

        public void Add(int count) =>
            Tasks.AddRange(Enumerable.Range(1, count).Select(number => ($"{number}", Guid.NewGuid(), false)));

        public Task<IReadOnlyList<AlertingTask>> ListAsync(
            DateTimeOffset now,
            int limit,
            CancellationToken cancellationToken
        )
        {
            Reads.Add((now, limit));
            AfterRead?.Invoke();
            var found = Tasks.Take(limit).ToList();
            stored.OnSave(() => Tasks.RemoveAll(found.Contains));
            return Task.FromResult<IReadOnlyList<AlertingTask>>([
                .. found.Select(of => new AlertingTask(
                    Overdue.Task(of.OwnerId, of.Title, now.AddMinutes(-1)),
                    of.WantsMail
                )),
            ]);
        }
    }
}
