using System.Globalization;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tasks;
using FsCheck;
using FsCheck.Fluent;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>Two devices that complete the same series offline, in whatever order they come online, end with one history.</summary>
public sealed class SeriesSyncTests : IAsyncDisposable
{
    // FITNESSIFY_SERIES_RUNS sets another number by hand.
    private static readonly int Runs = int.Parse(
        Environment.GetEnvironmentVariable("FITNESSIFY_SERIES_RUNS") ?? "40",
        CultureInfo.InvariantCulture
    );

    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Act> Acts =
        from what in Gen.Elements([.. Enum.GetValues<What>(), What.Complete, What.Complete, What.Sync])
        from device in Gen.Choose(0, 1)
        from hours in Gen.Choose(0, 40)
        from back in Gen.Choose(0, 2)
        select new Act(what, device, hours, back);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [TestCase("FREQ=DAILY", RecurrenceFrom.Due)]
    [TestCase("FREQ=WEEKLY;BYDAY=MO,WE,FR", RecurrenceFrom.Due)]
    [TestCase("FREQ=DAILY;INTERVAL=2", RecurrenceFrom.Completion)]
    public void Two_devices_end_with_one_open_task_and_one_history(string rule, RecurrenceFrom from) =>
        Prop.ForAll(Acts.ListOf(30).ToArbitrary(), acts => RunAsync(rule, from, acts))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    private async Task RunAsync(string rule, RecurrenceFrom from, IList<Act> acts)
    {
        _server.Clock.AdjustTime(Begin);
        await _server.SignInNewUserAsync();
        var series = await Series.StartAsync(_server, "2026-03-02", rule, from);
        Device[] devices = [new(_server), new(_server)];
        await Task.WhenAll(devices.Select(device => device.SyncAsync()));
        foreach (var (what, device, hours, back) in acts)
        {
            _server.Clock.Advance(TimeSpan.FromHours(hours));
            await devices[device].DoAsync(what, back);
        }

        foreach (var device in devices.Concat(devices))
        {
            await device.SyncAsync();
        }

        var tasks = await series.TasksAsync();
        Assert.That(devices.Select(device => device.Copy), Is.All.EquivalentTo(tasks.Select(Describe)));
        Assert.That(tasks.Where(task => task is { IsOpen: true, Recurrence: not null }).Skip(1), Is.Empty);
        Assert.That(tasks.Select(task => task.Occurrence), Is.Unique);
        var history = (await _server.SendAsync(new GetTaskSeriesQuery(series.Id, null, null))).Value;
        if (history is not null)
        {
            Assert.That((history.CurrentStreak, history.LongestStreak), Is.EqualTo(Streaks(history.Occurrences)));
        }
    }

    // The streaks as one would count them on the list of dates.
    private static (int Current, int Longest) Streaks(IReadOnlyList<OccurrenceDto> occurrences)
    {
        var (current, longest) = (0, 0);
        foreach (var (index, occurrence) in occurrences.Index())
        {
            current = occurrence.State switch
            {
                OccurrenceState.Done => current + 1,
                OccurrenceState.Skipped => current,
                OccurrenceState.Open when index == occurrences.Count - 1 => current,
                _ => 0,
            };
            longest = Math.Max(longest, current);
        }

        return (current, longest);
    }

    private enum What
    {
        Complete,
        Skip,
        Undo,
        Change,
        PutOff,
        Trash,
        Restore,
        Sync,
    }

    /// <summary>What a device does, so many hours later; with a task so many dates back, if it is about a closed one.</summary>
    private sealed record Act(What What, int Device, int Hours, int Back);

    /// <summary>A device that shows the next task before the server has made it.</summary>
    private sealed class Device(Instance server)
    {
        private static readonly RecurrenceRules Rules = new();

        private readonly Dictionary<Guid, TaskItem> _copy = [];
        private readonly Queue<Func<Task>> _queue = [];
        private (Guid Id, DateOnly Occurrence)? _open;
        private string? _since;

        public IEnumerable<string> Copy => _copy.Values.Select(Describe);

        public async Task DoAsync(What what, int back)
        {
            var now = server.Clock.Now();
            var closed = _copy
                .Values.Where(task => !task.IsOpen)
                .OrderByDescending(task => task.Occurrence)
                .ElementAtOrDefault(back);
            switch (what)
            {
                case What.Sync:
                    await SyncAsync();
                    break;
                case What.Complete when _open is { } open:
                    Send(open.Id, Nothing with { Status = new(TaskItemStatus.Done), CompletedAt = new(now) });
                    Predict(open.Occurrence, now);
                    break;
                case What.Skip when _open is { } open:
                    Send(open.Id, Nothing with { Status = new(TaskItemStatus.Cancelled) });
                    Predict(open.Occurrence, now);
                    break;
                case What.Undo when closed is not null:
                    Send(closed.Id, Nothing with { Status = new(TaskItemStatus.Todo) });
                    break;
                case What.Change when _open is { } open:
                    Send(open.Id, Title($"Changed {back}"));
                    break;
                case What.PutOff when _open is { } open:
                    var later = Due.Format(open.Occurrence.AddDays(back));
                    Send(open.Id, Nothing with { Due = new(new DuePatch(new(later))) });
                    break;
                case What.Trash when (back == 0 ? _open?.Id : closed?.Id) is { } id:
                    _queue.Enqueue(() => server.DeleteAsync(id));
                    break;
                case What.Restore:
                    _queue.Enqueue(RestoreAllAsync);
                    break;
            }
        }

        public async Task SyncAsync()
        {
            while (_queue.TryDequeue(out var send))
            {
                await send();
            }

            var changes = (await server.ChangesAsync(_since)).Value!;
            foreach (var task in changes.Items.Cast<TaskItem>())
            {
                _copy.Remove(task.Id);
                if (task.DeletedAt is null)
                {
                    _copy.Add(task.Id, task);
                }
            }

            _since = changes.Next;
            _open = _copy.Values.Where(task => task.IsOpen).MaxBy(task => task.Occurrence) is { } latest
                ? (latest.Id, latest.Occurrence!.Value)
                : null;
        }

        private void Send(Guid id, TaskPatch patch) => _queue.Enqueue(() => server.PatchAsync(id, patch));

        private void Predict(DateOnly occurrence, DateTimeOffset now)
        {
            var task = _copy.Values.First();
            _open = task.Recurrence?.After(occurrence, DateOnly.FromDateTime(now.UtcDateTime), Rules).Date is { } next
                ? (Recurrence.IdOf(task.SeriesId!.Value, next), next)
                : null;
        }

        private async Task RestoreAllAsync()
        {
            foreach (var task in (await server.ListAsync(TaskFilter.Trash)).Value!.Items)
            {
                await server.RestoreAsync(task.Id);
            }
        }
    }
}
