using System.Globalization;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Tasks;
using Moq;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class GetTaskSummaryTests
{
    private static readonly Guid List = Guid.NewGuid();

    private readonly StoredTasks _stored = new();
    private readonly Mock<ITaskRepository> _tasks = new(MockBehavior.Strict);
    private readonly Mock<IAccountRepository> _accounts = new();

    [Test]
    public async Task Counts_every_status_and_priority_including_empty_ones()
    {
        var (summary, _) = await SummarizeAsync(
            null,
            new TaskCounts(
                new Dictionary<TaskItemStatus, int> { [TaskItemStatus.InProgress] = 3 },
                new Dictionary<TaskPriority, int> { [TaskPriority.Urgent] = 2, [TaskPriority.Low] = 1 },
                new Dictionary<Guid, int> { [List] = 4 },
                6,
                5,
                7
            )
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                summary.ByList,
                Is.EquivalentTo(new Dictionary<string, int> { ["inbox"] = 6, [$"{List}"] = 4 })
            );
            Assert.That(
                summary.ByStatus,
                Is.EquivalentTo(
                    new Dictionary<string, int>
                    {
                        ["todo"] = 0,
                        ["inProgress"] = 3,
                        ["done"] = 0,
                        ["cancelled"] = 0,
                    }
                )
            );
            Assert.That(
                summary.ByPriority,
                Is.EquivalentTo(
                    new Dictionary<string, int>
                    {
                        ["low"] = 1,
                        ["normal"] = 0,
                        ["high"] = 0,
                        ["urgent"] = 2,
                    }
                )
            );
            Assert.That((summary.Overdue, summary.DueToday), Is.EqualTo((5, 7)));
        }
    }

    [TestCase(null, "2026-03-14T00:00Z", "2026-03-14T00:00Z", 24)]
    [TestCase("UTC", "2026-03-14T23:59:59.999Z", "2026-03-14T00:00Z", 24)]
    [TestCase("Europe/Berlin", "2026-01-14T23:30Z", "2026-01-14T23:00Z", 24)]
    [TestCase("Asia/Kathmandu", "2026-01-14T18:14Z", "2026-01-13T18:15Z", 24)]
    // The clocks go forward at 2 o'clock and back at 3 o'clock.
    [TestCase("Europe/Berlin", "2026-03-29T12:00Z", "2026-03-28T23:00Z", 23)]
    [TestCase("Europe/Berlin", "2026-03-29T22:00Z", "2026-03-29T22:00Z", 24)]
    [TestCase("Europe/Berlin", "2026-10-25T12:00Z", "2026-10-24T22:00Z", 25)]
    [TestCase("Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-24T22:00Z", 25)]
    // The clocks go forward at midnight, so the day starts at 1 o'clock.
    [TestCase("America/Sao_Paulo", "2018-11-04T02:59Z", "2018-11-03T03:00Z", 24)]
    [TestCase("America/Sao_Paulo", "2018-11-04T03:00Z", "2018-11-04T03:00Z", 23)]
    [TestCase("Africa/Cairo", "2024-04-26T12:00Z", "2024-04-25T22:00Z", 23)]
    // The clocks go back from midnight to 23:00, so the hour before midnight occurs twice.
    [TestCase("America/Sao_Paulo", "2018-02-18T02:30Z", "2018-02-17T02:00Z", 25)]
    [TestCase("Africa/Cairo", "2024-10-31T21:30Z", "2024-10-30T21:00Z", 25)]
    // The clocks go back from 1 o'clock to midnight, so midnight occurs twice, and the day starts at the first one.
    [TestCase("America/Havana", "2025-11-02T04:30Z", "2025-11-02T04:00Z", 25)]
    [TestCase("America/Havana", "2025-11-02T05:30Z", "2025-11-02T04:00Z", 25)]
    [TestCase("America/Havana", "2025-11-02T03:59Z", "2025-11-01T04:00Z", 24)]
    public async Task Today_is_a_day_in_the_requested_time_zone(string? zone, string now, string from, int hours)
    {
        _stored.Clock.AdjustTime(Parse(now));

        var (_, today) = await SummarizeAsync(zone);

        Assert.That(today, Is.EqualTo((Parse(from), Parse(from).AddHours(hours))));
        Assert.That((today.From.Offset, today.To.Offset), Is.EqualTo((TimeSpan.Zero, TimeSpan.Zero)));
    }

    [TestCase(null, "2026-03-13T15:00Z")]
    [TestCase("UTC", "2026-03-14T00:00Z")]
    public async Task Without_a_request_today_is_a_day_where_the_user_is(string? zone, string from)
    {
        _stored.Clock.AdjustTime(Parse("2026-03-14T12:00Z"));
        _accounts.Setup(port => port.FindTimeZoneAsync(_stored.Id, CancellationToken.None)).ReturnsAsync("Asia/Tokyo");

        var (_, today) = await SummarizeAsync(zone);

        Assert.That(today, Is.EqualTo((Parse(from), Parse(from).AddDays(1))));
    }

    [TestCase(null, "")]
    [TestCase("UTC", "")]
    [TestCase("Europe/Berlin", "")]
    [TestCase("America/Argentina/Buenos_Aires", "")]
    [TestCase("Etc/GMT+5", "")]
    [TestCase("UTC", "")]
    [TestCase("localtime", "timeZone: invalid_format")]
    [TestCase("posix/Europe/Berlin", "timeZone: invalid_format")]
    [TestCase("right/Europe/Berlin", "timeZone: invalid_format")]
    [TestCase("Europe//Berlin", "timeZone: invalid_format")]
    [TestCase("/Europe/Berlin", "timeZone: invalid_format")]
    [TestCase("Europe/../Europe/Berlin", "timeZone: invalid_format")]
    [TestCase("Mars/Olympus_Mons", "timeZone: invalid_format")]
    [TestCase("W. Europe Standard Time", "timeZone: invalid_format")]
    [TestCase("../../etc/passwd", "timeZone: invalid_format")]
    [TestCase("+01:00", "timeZone: invalid_format")]
    [TestCase("", "timeZone: invalid_format")]
    public void Checks_the_time_zone(string? zone, string error) =>
        Assert.That(new GetTaskSummaryValidator().ErrorTextOf(new GetTaskSummaryQuery(zone)), Is.EqualTo(error));

    private async Task<(TaskSummaryDto Summary, (DateTimeOffset From, DateTimeOffset To) Today)> SummarizeAsync(
        string? zone,
        TaskCounts? counts = null
    )
    {
        (DateTimeOffset From, DateTimeOffset To) requested = default;
        _tasks
            .Setup(port =>
                port.CountAsync(
                    _stored.Id,
                    _stored.Clock.GetUtcNow(),
                    It.IsAny<(DateTimeOffset From, DateTimeOffset To)>(),
                    CancellationToken.None
                )
            )
            .Callback(
                (Guid _, DateTimeOffset _, (DateTimeOffset From, DateTimeOffset To) today, CancellationToken _) =>
                    requested = today
            )
            .ReturnsAsync(
                counts
                    ?? new TaskCounts(
                        new Dictionary<TaskItemStatus, int>(),
                        new Dictionary<TaskPriority, int>(),
                        new Dictionary<Guid, int>(),
                        0,
                        0,
                        0
                    )
            );
        var result = await new GetTaskSummaryHandler(_stored, _accounts.Object, _tasks.Object, _stored.Clock).Handle(
            new GetTaskSummaryQuery(zone),
            CancellationToken.None
        );
        return (result.Value!, requested);
    }

    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
