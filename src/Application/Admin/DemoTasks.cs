using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Admin;

/// <summary>
/// The tasks of a demo user: every status and priority, with and without a due date and labels, some overdue and some in the
/// trash. They are the same on each run, but for their ids and times.
/// </summary>
internal static class DemoTasks
{
    /// <summary>How many tasks each user gets.</summary>
    public const int PerUser = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private static readonly (string Title, string Label)[] Activities =
    [
        ("Run five kilometers", "running"),
        ("Swim twenty lengths", "swimming"),
        ("Squats and lunges", "strength"),
        ("Stretch before breakfast", "mobility"),
        ("Ride along the river", "cycling"),
        ("Book a court for Saturday", "tennis"),
        ("Prepare lunch for work", "food"),
        ("Intervals on the track", "running"),
        ("Push-ups, three sets", "strength"),
        ("Ask the coach about the plan", "planning"),
        ("Yoga in the evening", "mobility"),
        ("Buy new running shoes", "shopping"),
        ("Row for half an hour", "strength"),
        ("Walk to the office", "walking"),
        ("Write down the week's results", "planning"),
        ("Hike to the lake", "walking"),
        ("Check the tires", "cycling"),
        ("Cook a vegetable curry", "food"),
        ("Sign up for the city race", "running"),
        ("Sleep before eleven", "recovery"),
    ];

    private static readonly TaskItemStatus[] Statuses =
    [
        TaskItemStatus.Todo,
        TaskItemStatus.Done,
        TaskItemStatus.Todo,
        TaskItemStatus.InProgress,
        TaskItemStatus.Done,
        TaskItemStatus.Todo,
        TaskItemStatus.Cancelled,
    ];

    /// <summary>How long ago the first task was created.</summary>
    public static TimeSpan Age => Interval * PerUser;

    /// <summary>The tasks, oldest first.</summary>
    /// <param name="ownerId">The user.</param>
    /// <param name="shift">Which user it is, so that no two of them have the same list.</param>
    /// <param name="now">UTC; all other times are relative to it.</param>
    public static IEnumerable<TaskItem> CreateFor(Guid ownerId, int shift, DateTimeOffset now)
    {
        for (var number = 0; number < PerUser; number++)
        {
            var age = Interval * (PerUser - number);
            var (createdAt, changedAt) = (now - age, now - (age / 2));
            var task = TaskItem.Create(
                Guid.CreateVersion7(createdAt),
                ownerId,
                FieldsOf(number, shift, now),
                createdAt
            );
            task.MoveTo(Statuses[(number + shift) % Statuses.Length], changedAt);
            if (number % 16 == 3)
            {
                task.Trash(changedAt);
            }

            yield return task;
        }
    }

    private static TaskFields FieldsOf(int number, int shift, DateTimeOffset now)
    {
        var (title, label) = Activities[(number + (7 * shift)) % Activities.Length];
        var round = (number / Activities.Length) + 1;
        // From twelve days ago to four weeks ahead; every fifth task has no due date.
        DateTimeOffset? dueAt = number % 5 == 4 ? null : now.AddDays((number * 7 % 41) - 12).AddHours(1);
        return new TaskFields(
            $"{title}, round {round}",
            number % 3 == 0
                ? $"Round {round} of {PerUser / Activities.Length}.\nTake it easy when you feel tired."
                : null,
            TaskItemStatus.Todo,
            (TaskPriority)(number % 4),
            dueAt is { } at ? Due.At(at) : null,
            number % 6 == 5 ? []
                : number % 4 == 0 ? [label, "weekly"]
                : [label]
        );
    }
}
