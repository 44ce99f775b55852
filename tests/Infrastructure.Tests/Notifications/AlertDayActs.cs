using Fitnessify.Application.Accounts;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tests.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>Something that an owner does with a task.</summary>
/// <param name="Text">The act for readers.</param>
/// <param name="TaskId">The task.</param>
/// <param name="SendAsync">Asks a server for it.</param>
/// <param name="Apply">What it makes of the task; null if it is refused.</param>
internal sealed record AlertDayAct(
    string Text,
    Guid TaskId,
    Func<Instance, Task<Error?>> SendAsync,
    Func<ModelTask, ModelTask?> Apply
)
{
    /// <summary>Returns the task after the answer of the server; null if it cannot have been this task.</summary>
    public Func<ModelTask, ModelTask?> After(Error? error)
    {
        Assert.That(error?.Code, Is.Null.Or.EqualTo("state_conflict"));
        return task =>
            error is null ? Apply(task)
            : Apply(task) is null ? task
            : null;
    }
}

/// <summary>What the owners of an <see cref="AlertDay"/> do.</summary>
internal sealed class AlertDayActs(
    Random random,
    TimeProvider clock,
    Dictionary<Guid, List<ModelTask>> tasks,
    List<Notification> told
)
{
    private const int MaxTasks = 15;
    private static readonly int[] Minutes = [0, 1, 5, 10, 30, 60, 90, 120, 600, 1440];
    private static readonly string[] Zones = ["Europe/Berlin", "Asia/Tokyo", "America/New_York", "UTC"];
    private static readonly string[] Flights = ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Europe/Berlin"];

    private readonly List<Owner> _owners = [];
    private readonly Dictionary<Guid, Written> _written = [];
    private int _titles;

    private DateTimeOffset Now => clock.GetUtcNow();

    public string ZoneOf(Guid taskId) => _written[taskId].Owner.Zone;

    public async Task SignInAsync(Instance server, string? zone)
    {
        await server.SignInNewUserAsync();
        var owner = new Owner(server.Caller.Session!, _owners.Count);
        _owners.Add(owner);
        if (zone is not null)
        {
            await MoveAsync(server, owner, zone);
        }
    }

    public async Task<string> FlyAsync(Instance server)
    {
        var owner = NextOwner();
        await MoveAsync(server, owner, Flights[owner.Flights++ % Flights.Length]);
        return $"owner {owner.Number} is in {owner.Zone}";
    }

    /// <summary>Returns whether the next act is to create a task.</summary>
    public bool WantsTask() => tasks.Count == 0 || (tasks.Count < MaxTasks * 2 && random.Next(3) == 0);

    public async Task<string> CreateAsync(Instance server)
    {
        var owner = NextOwner();
        var (due, reminders) = (NextDue(null, owner), NextReminders());
        server.Caller.Session = owner.Session;
        var input = Input(due, reminders, TaskItemStatus.Todo);
        Guid id;
        if (random.Next(2) == 0)
        {
            id = (await server.CreateAsync(input)).Id;
        }
        else
        {
            id = Guid.CreateVersion7();
            Assert.That((await server.PutAsync(id, input)).Error, Is.Null);
        }

        _written[id] = new Written(owner);
        _written[id].Remember(due);
        tasks[id] = [ModelTask.Create(due, reminders, owner.Zone, Now)];
        return $"owner {owner.Number} creates {id}, {Text(due, reminders)}";
    }

    /// <summary>Returns an act that is possible at present.</summary>
    public AlertDayAct Next()
    {
        if (told.Count > 0 && random.Next(5) == 0)
        {
            return OfNotification();
        }

        var (id, written) = _written.ElementAt(random.Next(_written.Count));
        var task = tasks[id][0];
        if (task.IsTrashed)
        {
            return random.Next(3) == 0 ? Put(id, written, task) : Restore(id, written);
        }

        return random.Next(12) switch
        {
            0 => Patch(id, written, Nothing, "renames", task => task, isTouched: true),
            1 or 2 or 3 => Move(id, written, task),
            4 => Put(id, written, task),
            5 => Remind(id, written),
            6 => Trash(id, written),
            7 when task.Due is not null => Patch(
                id,
                written,
                Nothing with
                {
                    Due = new(null),
                },
                "removes the due",
                task => task with { Due = null }
            ),
            _ => SetStatus(id, written),
        };
    }

    private AlertDayAct OfNotification()
    {
        var notification = told[random.Next(Math.Max(0, told.Count - 20), told.Count)];
        var (id, of) = (notification.TaskId, Notifications.Told.Of(notification));
        var written = _written[id];
        if (random.Next(4) == 0 && !tasks[id][0].IsTrashed && written.Status != TaskItemStatus.Cancelled)
        {
            var isDone = written.Status == TaskItemStatus.Done;
            written.Status = TaskItemStatus.Done;
            return Act(
                id,
                $"completes by {of}",
                async server => (await server.SendAsync(new CompleteNotificationCommand(notification.Id))).Error,
                isDone ? task => task : Changed(written, task => task with { IsOpen = false })
            );
        }

        var minutes = (int[])[1, 5, 15, 60, 300];
        var by = minutes[random.Next(minutes.Length)];
        var until = Now.AddMinutes(by);
        return Act(
            id,
            $"snoozes {of} by {by}",
            async server =>
                (await server.SendAsync(new SnoozeNotificationCommand(notification.Id, new SnoozeInput(by)))).Error,
            task => task.Snooze(of, until)
        );
    }

    private AlertDayAct Restore(Guid id, Written written) =>
        Act(
            id,
            "restores",
            async server => (await server.RestoreAsync(id)).Error,
            Changed(written, task => task with { IsTrashed = false })
        );

    private AlertDayAct Trash(Guid id, Written written) =>
        Act(
            id,
            "trashes",
            async server => (await server.DeleteAsync(id)).Error,
            Changed(written, task => task with { IsTrashed = true })
        );

    private AlertDayAct Put(Guid id, Written written, ModelTask task)
    {
        var due = random.Next(2) == 0 ? task.Due : NextDue(written, written.Owner);
        var reminders = random.Next(2) == 0 ? task.Reminders : NextReminders();
        written.Remember(due);
        var input = Input(due, reminders, written.Status);
        return Act(
            id,
            $"puts {Text(due, reminders)}",
            async server => (await server.PutAsync(id, input)).Error,
            Changed(written, of => of with { IsTrashed = false, Due = due, Reminders = reminders }, isTouched: true)
        );
    }

    private AlertDayAct Move(Guid id, Written written, ModelTask task)
    {
        var due = NextDue(written, written.Owner) ?? task.Due;
        if (due is null)
        {
            return Remind(id, written);
        }

        written.Remember(due);
        return Patch(id, written, PatchOf(due), $"moves to {due}", of => of with { Due = due });
    }

    private AlertDayAct Remind(Guid id, Written written)
    {
        var reminders = NextReminders();
        return Patch(
            id,
            written,
            Nothing with
            {
                Reminders = new(reminders),
            },
            $"sets reminders {string.Join(' ', reminders)}",
            task => task with { Reminders = reminders }
        );
    }

    private AlertDayAct SetStatus(Guid id, Written written)
    {
        TaskItemStatus[] next = written.Status switch
        {
            TaskItemStatus.Todo => [TaskItemStatus.InProgress, TaskItemStatus.Done, TaskItemStatus.Cancelled],
            TaskItemStatus.InProgress => [TaskItemStatus.Todo, TaskItemStatus.Done],
            _ => [TaskItemStatus.Todo],
        };
        var status = next[random.Next(next.Length)];
        written.Status = status;
        var due = random.Next(4) == 0 ? NextDue(written, written.Owner) : null;
        written.Remember(due);
        var isOpen = status is TaskItemStatus.Todo or TaskItemStatus.InProgress;
        return Patch(
            id,
            written,
            (due is null ? Nothing : PatchOf(due)) with
            {
                Status = new(status),
            },
            $"sets {status}{(due is null ? "" : $" and moves to {due}")}",
            task => task with { IsOpen = isOpen, Due = due ?? task.Due },
            isTouched: true
        );
    }

    private AlertDayAct Patch(
        Guid id,
        Written written,
        TaskPatch patch,
        string text,
        Func<ModelTask, ModelTask> change,
        bool isTouched = false
    )
    {
        var title = isTouched ? new Optional<string?>(NextTitle()) : default;
        return Act(
            id,
            text,
            async server => (await server.PatchAsync(id, patch with { Title = title })).Error,
            Changed(written, change, isTouched)
        );
    }

    private AlertDayAct Act(
        Guid id,
        string text,
        Func<Instance, Task<Error?>> sendAsync,
        Func<ModelTask, ModelTask?> apply
    )
    {
        var owner = _written[id].Owner;
        return new AlertDayAct(
            $"owner {owner.Number} {text} {id}",
            id,
            server =>
            {
                server.Caller.Session = owner.Session;
                return sendAsync(server);
            },
            apply
        );
    }

    private Func<ModelTask, ModelTask?> Changed(
        Written written,
        Func<ModelTask, ModelTask> change,
        bool isTouched = false
    )
    {
        var (zone, now) = (written.Owner.Zone, Now);
        return task => task.Change(change, isTouched, zone, now);
    }

    private static TaskPatch PatchOf(WrittenDue due) =>
        due.Zone == Due.Utc && due.Time is not null
            ? Nothing with
            {
                DueAt = new(due.Moment(Due.Utc)),
            }
            : Nothing with
            {
                Due = new(new DuePatch(new(Due.Format(due.Date)), new(Time(due)), new(due.Zone))),
            };

    private TaskInput Input(WrittenDue? due, int[] reminders, TaskItemStatus status) =>
        new(
            NextTitle(),
            Status: status,
            Due: due is null ? null : new DueInput(Due.Format(due.Date), Time(due), due.Zone),
            Reminders: reminders
        );

    private static string? Time(WrittenDue due) => due.Time is { } time ? Due.Format(time) : null;

    private static string Text(WrittenDue? due, int[] reminders) => $"due {due} with {string.Join(' ', reminders)}";

    private string NextTitle() => $"Task {_titles++}";

    // The first one is the person who flies.
    private Owner NextOwner() => _owners[random.Next(4) == 0 ? 1 : 0];

    private int[] NextReminders() =>
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => Minutes[random.Next(Minutes.Length)]).Distinct()];

    // Often it is one that the task has had, or the same moment in other words.
    private WrittenDue? NextDue(Written? written, Owner owner)
    {
        if (written?.Dues is { Count: > 0 } dues && random.Next(2) == 0)
        {
            var due = dues[random.Next(dues.Count)];
            var where = Zones[random.Next(Zones.Length)];
            return random.Next(3) > 0 || due.Time is null
                ? due
                : Reword(due.Moment(random.Next(2) == 0 ? owner.Zone : where), where);
        }

        var zone = random.Next(2) == 0 ? null : Zones[random.Next(Zones.Length)];
        var near = Reword(Now.AddMinutes(random.Next(-360, 900)), zone ?? owner.Zone) with { Zone = zone };
        return random.Next(10) switch
        {
            0 => null,
            1 or 2 => near with { Time = null },
            // The hour that is skipped, or that occurs twice.
            3 => near with { Date = DateOnly.FromDateTime(Now.AddHours(12).UtcDateTime), Time = new(2, 30) },
            4 => WrittenDue.At(Now),
            5 or 6 => near,
            _ => near with { Time = new(near.Time!.Value.Hour, near.Time.Value.Minute / 30 * 30) },
        };
    }

    // The time that clocks show there at that moment, which is another moment if they show it twice.
    private static WrittenDue Reword(DateTimeOffset moment, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
        return new WrittenDue(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), zone);
    }

    private static async Task MoveAsync(Instance server, Owner owner, string zone)
    {
        server.Caller.Session = owner.Session;
        Assert.That((await server.SendAsync(new UpdateMeCommand(default, TimeZone: new(zone)))).Error, Is.Null);
        owner.Zone = zone;
    }

    private sealed record Owner(Session Session, int Number)
    {
        public string Zone { get; set; } = Due.Utc;

        public int Flights { get; set; }
    }

    private sealed record Written(Owner Owner)
    {
        public TaskItemStatus Status { get; set; }

        public List<WrittenDue> Dues { get; } = [];

        public void Remember(WrittenDue? due)
        {
            if (due is not null && !Dues.Contains(due))
            {
                Dues.Add(due);
            }
        }
    }
}
