using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Application.Tests.Tasks;

/// <summary>RecurrenceTests of the infrastructure have the histories.</summary>
public sealed class GetTaskSeriesTests
{
    private static readonly Guid Series = Guid.NewGuid();

    private readonly StoredTasks _user = new();
    private readonly Mock<ISeriesRepository> _series = new(MockBehavior.Strict);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 20, 0, 0, TimeSpan.Zero));

    [TestCase(null, null, "")]
    [TestCase("2026-03-01", "2026-03-01", "")]
    [TestCase("2026-01-01", "2027-01-01", "")]
    [TestCase("2024-01-01", "2024-12-31", "", TestName = "{m}(a leap year)")]
    [TestCase("2026-01-01", "2027-01-02", "to: out_of_range")]
    [TestCase("2026-03-02", "2026-03-01", "to: out_of_range")]
    [TestCase("2026-3-2", "tomorrow", "from: invalid_format, to: invalid_format")]
    [TestCase("2026-02-30", null, "from: invalid_format")]
    public void Accepts_1_to_366_days(string? from, string? to, string errors) =>
        Assert.That(
            new GetTaskSeriesValidator().ErrorTextOf(new GetTaskSeriesQuery(Series, from, to)),
            Is.EqualTo(errors)
        );

    // Where the user lives, it is 3 March already.
    [TestCase(null, null, "2026-03-01", "2025-03-03", "2026-03-03")]
    [TestCase(null, null, "2026-03-09", "2025-03-09", "2026-03-09", TestName = "{m}(up to a later task)")]
    [TestCase("2026-01-01", null, "2026-03-01", "2026-01-01", "2027-01-01")]
    [TestCase(null, "2026-01-01", "2026-03-01", "2025-01-01", "2026-01-01")]
    [TestCase("2026-02-01", "2026-02-28", "2026-03-01", "2026-02-01", "2026-02-28")]
    [TestCase(null, "0001-01-02", "2026-03-01", "0001-01-01", "0001-01-02", TestName = "{m}(at the first date)")]
    [TestCase("9999-12-30", null, "2026-03-01", "9999-12-30", "9999-12-31", TestName = "{m}(at the last date)")]
    public async Task Reads_the_last_days_or_those_that_are_asked_for(
        string? from,
        string? to,
        string latest,
        string first,
        string last
    )
    {
        var task = new SeriesTask(
            Series,
            Due.ParseDate(latest)!.Value,
            TaskItemStatus.Done,
            null,
            Given.Now,
            null,
            null,
            HasMissed: false,
            3
        );
        _series.Setup(series => series.ReadEndAsync(_user.Id, Series, default)).ReturnsAsync(new SeriesEnd(task, 7));
        _series
            .Setup(series =>
                series.ListAsync(_user.Id, Series, Due.ParseDate(first)!.Value, Due.ParseDate(last)!.Value, default)
            )
            .ReturnsAsync([task with { Occurrence = Due.ParseDate(first)!.Value }]);

        var history = (await GetAsync(from, to)).Value!;

        Assert.That(
            history.Occurrences,
            Is.EqualTo([new OccurrenceDto(first, OccurrenceState.Done, Series, Given.Now)])
        );
        Assert.That(
            (history.CurrentStreak, history.LongestStreak, history.Done, history.Missed),
            Is.EqualTo((3, 7, 1, 0))
        );
    }

    [Test]
    public async Task Finds_no_series_of_others()
    {
        _series.Setup(series => series.ReadEndAsync(_user.Id, Series, default)).ReturnsAsync((SeriesEnd?)null);

        Assert.That((await GetAsync(null, null)).Error, Is.EqualTo(CommonErrors.NotFound));
    }

    private Task<Result<TaskSeriesDto>> GetAsync(string? from, string? to) =>
        new GetTaskSeriesHandler(
            _user,
            Mock.Of<IAccountRepository>(accounts =>
                accounts.FindTimeZoneAsync(_user.Id, default) == Task.FromResult<string?>("Asia/Tokyo")
            ),
            _series.Object,
            Mock.Of<IRecurrenceRules>(MockBehavior.Strict),
            _clock
        ).Handle(new GetTaskSeriesQuery(Series, from, to), default);
}
